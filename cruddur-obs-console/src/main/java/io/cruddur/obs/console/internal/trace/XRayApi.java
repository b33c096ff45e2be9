package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Endpoint;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of the X-Ray API that an SDK or the daemon makes: REST with JSON, as the daemon's TCP port forwards them. */
public final class XRayApi {

    private static final int MAX_DOCUMENTS = 50;

    /** 50 documents of 64 KB, each quoted once more. */
    private static final int MAX_BODY = 8 << 20;

    private static final int MAX_TELEMETRY = 1 << 20;

    private final TraceStore traces;
    private final Sampling sampling;

    public XRayApi(TraceStore traces) {
        this.traces = traces;
        this.sampling = new Sampling();
    }

    public void addTo(Routes routes) {
        routes.open("POST", "/TraceSegments", shaped(call -> putTraceSegments(body(call, MAX_BODY))))
                .open("POST", "/GetSamplingRules", shaped(call -> sampling.rules(body(call, MAX_TELEMETRY))))
                .open("POST", "/SamplingTargets", shaped(call -> sampling.targets(body(call, MAX_TELEMETRY))))
                .open("POST", "/TelemetryRecords", shaped(call -> telemetry(body(call, MAX_TELEMETRY))));
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

    private interface Operation {
        ObjectNode answer(Call call);
    }

    /** Errors go out as the service's SDKs expect them. */
    private static Endpoint shaped(Operation operation) {
        return call -> {
            try {
                return Answer.ok(operation.answer(call));
            } catch (Problem problem) {
                return Answer.json(problem.status(), Json.object().put("Message", problem.error()))
                        .with("x-amzn-ErrorType", "InvalidRequestException");
            }
        };
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
}
