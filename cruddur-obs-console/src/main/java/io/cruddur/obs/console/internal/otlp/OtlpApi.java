package io.cruddur.obs.console.internal.otlp;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Endpoint;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.trace.SegmentIntake;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/traces}, OTLP/HTTP in protobuf and JSON, with the limits of X-Ray's own endpoint. A span that cannot be
 * kept is told as a partial success, so that its sender counts it.
 */
public final class OtlpApi {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    /** Of {@code google.rpc.Code}. */
    private static final int INVALID_ARGUMENT = 3;

    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int INTERNAL = 13;

    private static final int MAX_BODY = 5 << 20;
    private static final int MAX_SPANS = 10_000;

    private final SegmentIntake segments;

    public OtlpApi(SegmentIntake segments) {
        this.segments = segments;
    }

    public void addTo(Routes routes) {
        routes.open("POST", "/v1/traces", Endpoint.of(this::export, OtlpApi::refusal));
    }

    private Answer export(Call call) {
        String type = type(call);
        boolean json = type.equals(JSON);
        if (!json && !type.equals(PROTOBUF)) {
            throw new Problem(
                    415,
                    "OTLP comes as " + PROTOBUF + " or " + JSON + ", not as "
                            + (type.isEmpty() ? "what is not said" : type)
                            + ": set the exporter's protocol to http/protobuf or http/json.",
                    "gRPC is not spoken here.");
        }
        return success(json, take(request(call, json)));
    }

    private static String type(Call call) {
        String type = call.header("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static JsonNode request(Call call, boolean json) {
        byte[] body = call.body(MAX_BODY);
        try {
            JsonNode request = json ? Json.parseBatch(body) : Protobuf.read(body, Message.REQUEST);
            if (request.isObject()) return request;
            throw Problem.badRequest("The request must be a JSON object.", "See the OTLP specification.");
        } catch (Json.NotJson malformed) {
            throw Problem.badRequest("The request is not JSON: " + malformed.reason(), "See the OTLP specification.");
        } catch (Protobuf.Malformed malformed) {
            throw Problem.badRequest(
                    "The request is no trace request in protobuf: " + malformed.getMessage(),
                    "See the OTLP specification.");
        }
    }

    /** What could not be kept, and the reason of the last. */
    private record Refused(int spans, @Nullable String reason) {}

    private Refused take(JsonNode request) {
        checkCount(request);
        int refused = 0;
        String reason = null;
        for (JsonNode resourceSpans : request.path("resourceSpans")) {
            Attributes resource = new Attributes(resourceSpans.path("resource").path("attributes"));
            for (JsonNode scopeSpans : resourceSpans.path("scopeSpans")) {
                for (JsonNode span : scopeSpans.path("spans")) {
                    String problem = segments.add(OtlpSpan.document(span, resource, scopeSpans.path("scope")));
                    if (problem == null) continue;
                    refused++;
                    reason = problem;
                }
            }
        }
        return new Refused(refused, reason);
    }

    private static void checkCount(JsonNode request) {
        int spans = 0;
        for (JsonNode resourceSpans : request.path("resourceSpans")) {
            for (JsonNode scopeSpans : resourceSpans.path("scopeSpans"))
                spans += scopeSpans.path("spans").size();
        }
        if (spans > MAX_SPANS) {
            throw Problem.badRequest(spans + " spans are more than " + MAX_SPANS + ".", "Send smaller batches.");
        }
    }

    /** In the format of the request. */
    private static Answer success(boolean json, Refused refused) {
        if (json) {
            ObjectNode body = Json.object();
            if (refused.spans > 0) {
                body.putObject("partialSuccess")
                        .put("rejectedSpans", Integer.toString(refused.spans))
                        .put("errorMessage", refused.reason);
            }
            return Answer.ok(body);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (refused.spans > 0) {
            ByteArrayOutputStream partial = new ByteArrayOutputStream();
            number(partial, 1, refused.spans);
            if (refused.reason != null) bytes(partial, 2, refused.reason.getBytes(StandardCharsets.UTF_8));
            bytes(body, 1, partial.toByteArray());
        }
        return Answer.bytes(200, PROTOBUF, body.toByteArray());
    }

    /** {@code google.rpc.Status} in the format of the request; in one that a person can read if the request has neither. */
    private static Answer refusal(Call call, Problem problem) {
        int code = problem.status() < 500 ? INVALID_ARGUMENT : INTERNAL;
        if (problem.status() == 413) code = RESOURCE_EXHAUSTED;
        if (!type(call).equals(PROTOBUF)) {
            return Answer.json(problem.status(), Json.object().put("code", code).put("message", problem.error()));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, 1, code);
        bytes(body, 2, problem.error().getBytes(StandardCharsets.UTF_8));
        return Answer.bytes(problem.status(), PROTOBUF, body.toByteArray());
    }

    private static void number(ByteArrayOutputStream out, int field, int value) {
        out.write(field << 3);
        varint(out, value);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        out.write(field << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7F) {
            out.write(left & 0x7F | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
