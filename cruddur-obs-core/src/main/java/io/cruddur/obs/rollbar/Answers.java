package io.cruddur.obs.rollbar;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.RateLimitedLog;
import io.cruddur.obs.http.Reply;
import io.cruddur.obs.http.RetryAfter;
import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Redactor;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** What Rollbar's answers mean, and whether they are Rollbar's. Used by one thread. */
final class Answers {
    private static final Pattern ACKNOWLEDGED = Pattern.compile("\"err\"\\s*:\\s*0\\b");
    private static final int MAX_CHARS = 300;
    private static final int TOO_MANY_REQUESTS = 429;

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(RollbarSink.class));
    private final Redactor redactor;

    Answers(Redactor redactor) {
        this.redactor = redactor;
    }

    static String reason(int status) {
        return "http_" + status;
    }

    Answer of(Reply reply) {
        int status = reply.status();
        return switch (status) {
            // A proxy's page is a 200 too; Rollbar says err: 0.
            case 200 ->
                ACKNOWLEDGED.matcher(reply.text()).find() ? Answer.DELIVERED : Answer.retry("not Rollbar's answer");
            case 401, 403 ->
                new Answer.Unauthorized(
                        reason(status), "Check ROLLBAR_ACCESS_TOKEN: it needs the scope post_server_item.");
            case 400, 422 -> {
                log.warn("Rollbar says of an item that it will not take (" + status + "): " + shown(reply.text()));
                yield new Answer.Refused(reason(status));
            }
            case 413 -> new Answer.Refused(reason(status));
            default -> Answer.Retry.ofStatus(status, reason(status), askedWait(status, reply.headers()));
        };
    }

    private String shown(String text) {
        return CapturedValue.shortened(ControlCharacters.escape(redactor.redact(text.strip())), MAX_CHARS);
    }

    /** How long everything has to wait, by whichever header says so. The limit's may be in any answer, and be far away. */
    private static Duration askedWait(int status, HttpHeaders headers) {
        Duration asked = RetryAfter.of(headers, Clock.systemUTC());
        if (!asked.isZero() || status != TOO_MANY_REQUESTS) {
            return asked;
        }
        long seconds = seconds(headers, "x-rate-limit-remaining-seconds");
        if (seconds > 0) {
            return Duration.ofSeconds(seconds);
        }
        long until = seconds(headers, "x-rate-limit-reset");
        return Duration.ofSeconds(
                Math.max(0, until - Clock.systemUTC().instant().getEpochSecond()));
    }

    private static long seconds(HttpHeaders headers, String name) {
        String value = headers.firstValue(name).orElse("");
        return value.matches("\\d{1,10}") ? Long.parseLong(value) : 0;
    }
}
