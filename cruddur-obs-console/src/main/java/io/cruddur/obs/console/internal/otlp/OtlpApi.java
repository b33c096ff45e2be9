package io.cruddur.obs.console.internal.otlp;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
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

    private static final int MAX_BODY = 5 << 20;
    private static final int MAX_SPANS = 10_000;

    private final SegmentIntake segments;

    public OtlpApi(SegmentIntake segments) {
        this.segments = segments;
    }

    public void addTo(Routes routes) {
        routes.open("POST", "/v1/traces", this::export);
    }

    private Answer export(Call call) {
        String type = call.header("Content-Type");
        String plainType = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean json = plainType.equals(JSON);
        if (!json && !plainType.equals(PROTOBUF)) {
            throw new Problem(
                    415,
                    "OTLP comes as " + PROTOBUF + " or " + JSON + ", not as "
                            + (type == null ? "what is not said" : plainType) + ".",
                    "Set the exporter's protocol to http/protobuf or http/json; gRPC is not spoken here.");
        }
        try {
            return answer(json, 200, take(request(call, json)), null);
        } catch (Problem problem) {
            return answer(json, problem.status(), new Refused(0, null), problem.error());
        }
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

    /** The response message, or google.rpc.Status for an error, in the format of the request. */
    private static Answer answer(boolean json, int status, Refused refused, @Nullable String error) {
        if (json) {
            ObjectNode body = Json.object();
            if (error != null) body.put("code", status == 413 ? 8 : 3).put("message", error);
            if (refused.spans > 0) {
                body.putObject("partialSuccess")
                        .put("rejectedSpans", Integer.toString(refused.spans))
                        .put("errorMessage", refused.reason);
            }
            return Answer.json(status, body);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (error != null) {
            number(body, 1, status == 413 ? 8 : 3);
            bytes(body, 2, error.getBytes(StandardCharsets.UTF_8));
        } else if (refused.spans > 0) {
            ByteArrayOutputStream partial = new ByteArrayOutputStream();
            number(partial, 1, refused.spans);
            if (refused.reason != null) bytes(partial, 2, refused.reason.getBytes(StandardCharsets.UTF_8));
            bytes(body, 1, partial.toByteArray());
        }
        return Answer.bytes(status, PROTOBUF, body.toByteArray());
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
