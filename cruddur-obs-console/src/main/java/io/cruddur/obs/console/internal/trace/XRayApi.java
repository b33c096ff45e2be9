package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Access;
import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Endpoint;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of the X-Ray API that an SDK or the daemon makes: REST with JSON, as the daemon's TCP port forwards them. */
public final class XRayApi {

    private static final int MAX_DOCUMENTS = 50;

    /** 50 documents of 64 KB, each quoted once more. */
    private static final int MAX_BODY = 8 << 20;

    private static final int MAX_REQUEST = 1 << 20;

    private static final Pattern SIGNED_FOR = Pattern.compile("Credential=[^,\\s]+/([^/,\\s]+)/aws4_request");

    /** How the clients of AWS begin to tell who they are, the CLI and the SDKs of all languages. */
    private static final Pattern AWS_CLIENT =
            Pattern.compile("\\b(aws-sdk|aws-cli|boto3|botocore)", Pattern.CASE_INSENSITIVE);

    private final TraceStore traces;
    private final TraceReads reads;
    private final Access access;
    private final SamplingRules rules = new SamplingRules();
    private final Groups groups = new Groups();

    public XRayApi(TraceStore traces, Access access) {
        this.traces = traces;
        this.reads = new TraceReads(traces);
        this.access = access;
    }

    public void addTo(Routes routes) {
        open(routes, "/TraceSegments", call -> putTraceSegments(body(call, MAX_BODY)));
        open(routes, "/TelemetryRecords", call -> telemetry(request(call)));
        open(routes, "/GetSamplingRules", call -> rules.list(request(call)));
        open(routes, "/SamplingTargets", call -> rules.targets(request(call)));
        open(routes, "/CreateSamplingRule", call -> rules.create(request(call)));
        open(routes, "/UpdateSamplingRule", call -> rules.update(request(call)));
        open(routes, "/DeleteSamplingRule", call -> rules.delete(request(call)));
        open(routes, "/CreateGroup", call -> groups.create(request(call)));
        open(routes, "/UpdateGroup", call -> groups.update(request(call)));
        open(routes, "/DeleteGroup", call -> groups.delete(request(call)));
        open(routes, "/GetGroup", call -> groups.get(request(call)));
        open(routes, "/Groups", call -> groups.list());
        open(routes, "/TraceSummaries", read(call -> reads.summaries(request(call))));
        open(routes, "/Traces", read(call -> reads.batch(request(call))));
        routes.otherwise(XRayApi::isForXRay, shaped(call -> {
            throw new Refusal(404, "UnknownOperationException", "The console does not know this operation of X-Ray.");
        }));
    }

    /** Signed for it; or by a client of AWS that does not sign, and of whose calls those of X-Ray alone have paths. */
    private static boolean isForXRay(Call call) {
        String authorization = call.header("Authorization");
        if (authorization != null) {
            Matcher scope = SIGNED_FOR.matcher(authorization);
            return scope.find() && scope.group(1).equals("xray");
        }
        String client = call.header("User-Agent");
        return client != null && AWS_CLIENT.matcher(client).find();
    }

    private static void open(Routes routes, String path, Operation operation) {
        routes.open("POST", path, shaped(operation));
    }

    /** Takes the token: this is what was measured, not how to measure. */
    private Operation read(Operation operation) {
        return call -> {
            if (access.isAccessKeyOf(call.header("Authorization"))) return operation.answer(call);
            throw new Refusal(
                    403,
                    "UnrecognizedClientException",
                    "The security token included in the request is"
                            + " invalid: reading here takes the console's token as the access key id.");
        };
    }

    private ObjectNode putTraceSegments(JsonNode request) {
        JsonNode documents = request.path("TraceSegmentDocuments");
        if (!documents.isArray()) throw invalid("TraceSegmentDocuments must be a list of strings");
        if (documents.size() > MAX_DOCUMENTS) {
            throw invalid("TraceSegmentDocuments has " + documents.size() + " documents; at most " + MAX_DOCUMENTS);
        }
        for (JsonNode document : documents) {
            if (!document.isString()) throw invalid("each of TraceSegmentDocuments must be a string");
        }
        ObjectNode answer = Json.object();
        ArrayNode unprocessed = answer.putArray("UnprocessedTraceSegments");
        for (JsonNode document : documents) put(document.stringValue(), unprocessed);
        return answer;
    }

    private void put(String json, ArrayNode unprocessed) {
        try {
            SegmentDocument document = SegmentDocument.parse(json.getBytes(StandardCharsets.UTF_8));
            if (!traces.add(document)) {
                refuse(unprocessed, document.id(), "TraceTooLarge", "the console keeps no more of this trace");
            }
        } catch (SegmentDocument.Rejected rejected) {
            refuse(unprocessed, rejected.id, rejected.code, rejected.getMessage());
        }
    }

    private static void refuse(ArrayNode unprocessed, @Nullable String id, String code, @Nullable String reason) {
        unprocessed
                .addObject()
                .put("Id", id)
                .put("ErrorCode", code)
                .put("Message", "Invalid segment. ErrorCode: " + code + ": " + reason);
    }

    private static ObjectNode telemetry(JsonNode request) {
        if (!request.path("TelemetryRecords").isArray()) throw invalid("TelemetryRecords must be a list");
        return Json.object();
    }

    interface Operation {
        ObjectNode answer(Call call);
    }

    /** Errors go out as the service's SDKs expect them. */
    private static Endpoint shaped(Operation operation) {
        return Endpoint.of(call -> Answer.ok(operation.answer(call)), (call, problem) -> refusal(problem));
    }

    private static Answer refusal(Problem problem) {
        String type = problem.status() < 500 ? "InvalidRequestException" : "InternalFailure";
        if (problem instanceof Refusal own) type = own.type;
        return Answer.json(problem.status(), Json.object().put("Message", problem.error()))
                .with("x-amzn-ErrorType", type);
    }

    private static JsonNode request(Call call) {
        return body(call, MAX_REQUEST);
    }

    private static JsonNode body(Call call, int maxBytes) {
        byte[] body = call.body(maxBytes);
        if (body.length == 0) return Json.object();
        try {
            JsonNode request = Json.parse(body);
            if (request.isObject()) return request;
            throw invalid("the request must be a JSON object");
        } catch (Json.NotJson invalid) {
            throw invalid("the request is not JSON: " + invalid.reason());
        }
    }

    static Problem invalid(String reason) {
        return Problem.badRequest(reason, "See the X-Ray API reference.");
    }

    static Problem problem(String type, String reason) {
        return new Refusal(400, type, reason);
    }

    /** A problem with an error type of the service's own. */
    private static final class Refusal extends Problem {

        private final String type;

        Refusal(int status, String type, String reason) {
            super(status, reason, "See the X-Ray API reference.");
            this.type = type;
        }
    }
}
