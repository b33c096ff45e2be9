package io.cruddur.obs.xray;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.cruddur.obs.aws.ErrorWords;
import io.cruddur.obs.aws.SdkFailures;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.xray.SegmentTransport.Answered;
import io.cruddur.obs.xray.SegmentTransport.Failed;
import io.cruddur.obs.xray.SegmentTransport.Outcome;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the daemon gives back: the service's answer, or one of its own, or of whoever else has its port. */
final class DaemonAnswers {
    private static final int MAX_DEPTH = 16;
    private static final String CREDENTIALS =
            "The daemon signs with credentials of its own: check them, or its role, that it may xray:PutTraceSegments, and "
                    + "that its machine's clock is right.";
    private static final String NO_DAEMON =
            "That is not the X-Ray daemon's TCP port: check AWS_XRAY_DAEMON_ADDRESS, or use the exporter udp.";
    private static final Set<Integer> NOT_A_DAEMON = Set.of(404, 405, 501);

    Outcome of(HttpAnswer answer) {
        if (answer.status() == 200) {
            return answer.saysAllIsProcessed() ? new Answered(Map.of()) : processed(answer);
        }
        return new Failed(failed(answer));
    }

    /** Any proxy can say 200: what is believed is a list of those that were not processed. */
    private static Outcome processed(HttpAnswer answer) {
        JsonObject body = object(answer.body());
        if (body != null && body.get("UnprocessedTraceSegments") instanceof JsonArray list) {
            var unprocessed = new HashMap<String, String>();
            for (int i = 0; i < list.size(); i++) {
                JsonElement one = list.get(i);
                String id = text(one, "Id");
                // One without an id is known to nobody: then all are looked at.
                unprocessed.put(id.isEmpty() ? "#" + i : id, text(one, "ErrorCode"));
            }
            return new Answered(unprocessed);
        }
        return new Failed(Answer.retry("an answer that is not X-Ray's"));
    }

    private static Answer failed(HttpAnswer answer) {
        int status = answer.status();
        String word = word(answer);
        String reason = ErrorWords.orElse(word, "http_" + status);
        if (ErrorWords.isAboutCredentials(word) || SdkFailures.isAboutCredentials(status)) {
            return new Answer.Unauthorized(reason, CREDENTIALS);
        }
        if (status == 413 || (status < 500 && ErrorWords.isAboutTheCall(word))) {
            return new Answer.Refused(reason);
        }
        if (NOT_A_DAEMON.contains(status)) {
            return new Answer.Unauthorized(reason, NO_DAEMON);
        }
        Duration after = retryAfter(answer.header("retry-after"));
        return ErrorWords.isThrottling(word)
                ? Answer.Retry.throttled(reason, after)
                : Answer.Retry.ofStatus(status, reason, after);
    }

    /** In a header, or in the body; with a namespace in front, or an address behind. */
    private static String word(HttpAnswer answer) {
        String word = answer.header("x-amzn-errortype");
        if (word.isEmpty()) {
            JsonObject body = object(answer.body());
            word = body == null ? "" : text(body, "__type");
            word = word.isEmpty() && body != null ? text(body, "code") : word;
        }
        word = word.substring(word.indexOf('#') + 1);
        int colon = word.indexOf(':');
        return colon < 0 ? word : word.substring(0, colon);
    }

    private static Duration retryAfter(String seconds) {
        return seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static @Nullable JsonObject object(String text) {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MAX_DEPTH);
        try {
            JsonElement element = JsonParser.parseReader(reader);
            boolean alone = reader.peek() == JsonToken.END_DOCUMENT;
            return alone && element instanceof JsonObject object ? object : null;
        } catch (JsonParseException | IOException | NumberFormatException e) {
            return null;
        }
    }

    private static String text(JsonElement element, String key) {
        return element instanceof JsonObject object
                        && object.get(key) instanceof JsonPrimitive value
                        && value.isString()
                ? value.getAsString()
                : "";
    }
}
