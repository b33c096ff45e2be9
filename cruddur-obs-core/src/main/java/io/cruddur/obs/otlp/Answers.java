package io.cruddur.obs.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RateLimitedLog;
import io.cruddur.obs.http.Reply;
import io.cruddur.obs.http.RetryAfter;
import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Redactor;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * What a collector's answer means, by <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP</a>. Only
 * an answer in its own form is believed. Used by one thread.
 */
final class Answers {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String REJECTED = "rejected_by_collector";
    private static final int MAX_MESSAGE_CHARS = 200;

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(Answers.class));
    private final boolean signed;
    private final Redactor redactor;

    /** Answers to requests that are signed for AWS or not. */
    Answers(boolean signed, Redactor redactor) {
        this.signed = signed;
        this.redactor = redactor;
    }

    Answer of(Reply reply, List<EncodedRecord> batch) {
        int status = reply.status();
        String reason = "http_" + status;
        if (status >= 200 && status < 300) {
            return success(reply, batch);
        }
        if (status < 400) {
            return new Answer.Unauthorized(
                    reason, "The OTLP endpoint sends callers elsewhere; set the address at which it answers itself.");
        }
        Duration after = RetryAfter.of(reply.headers(), Clock.systemUTC());
        if (isThrottling(reply)) {
            return Answer.Retry.throttled(reason, after);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return Answer.Retry.ofStatus(status, reason, after);
        }
        return switch (status) {
            case 401, 403 -> new Answer.Unauthorized(reason, advice());
            case 404, 405 ->
                new Answer.Unauthorized(
                        reason,
                        "Check the path of the OTLP endpoint: requests are posted to it as it is, which is mostly /v1/traces.");
            case 407 -> new Answer.Unauthorized(reason, "A proxy before the OTLP endpoint asks for a password.");
            default ->
                isAboutCredentials(reply) ? new Answer.Unauthorized(reason, advice()) : new Answer.Refused(reason);
        };
    }

    private String advice() {
        return signed
                ? "Check the AWS credentials: they need xray:PutTraceSegments, and X-Ray's OTLP endpoint wants Transaction"
                        + " Search to be on."
                : "Check the headers of the OTLP endpoint: it refuses them.";
    }

    /** Some of AWS's services say with 400 what others say with 429 or 403; the header has the word. */
    private boolean isThrottling(Reply reply) {
        return signed && errorType(reply).contains("throttl");
    }

    private boolean isAboutCredentials(Reply reply) {
        String type = errorType(reply);
        return signed
                && (type.contains("token")
                        || type.contains("signature")
                        || type.contains("accessdenied")
                        || type.contains("unrecognizedclient"));
    }

    private static String errorType(Reply reply) {
        return reply.headers().firstValue("x-amzn-ErrorType").orElse("").toLowerCase(Locale.ROOT);
    }

    private Answer success(Reply reply, List<EncodedRecord> batch) {
        String type = reply.headers().firstValue("Content-Type").orElse("");
        boolean empty = reply.body().length == 0;
        // No bytes are a whole answer in protobuf, and some send just that.
        if (!(empty && type.isEmpty()) && !type.toLowerCase(Locale.ROOT).startsWith(PROTOBUF)) {
            return Answer.retry("not a collector's answer");
        }
        try {
            var response = ExportTraceServiceResponse.parseFrom(reply.body());
            return response.hasPartialSuccess() ? partly(response.getPartialSuccess(), batch) : Answer.DELIVERED;
        } catch (InvalidProtocolBufferException e) {
            return Answer.retry("half an answer");
        }
    }

    /** The answer names no span, so records stand for those that were refused: as many, if there are so many. */
    private Answer partly(ExportTracePartialSuccess answer, List<EncodedRecord> batch) {
        long refused = answer.getRejectedSpans();
        if (refused > 0) {
            log.warn("The collector refused " + refused + " spans, which are lost: " + shown(answer.getErrorMessage()));
        } else if (!answer.getErrorMessage().isEmpty()) {
            log.warn("The collector took the spans, and warns: " + shown(answer.getErrorMessage()));
        }
        Map<Integer, String> lost = new HashMap<>();
        for (int i = 0; i < batch.size() && lost.size() < refused; i++) {
            if (batch.get(i).endsRecord()) {
                lost.put(i, REJECTED);
            }
        }
        if (refused > 0 && lost.isEmpty()) {
            // A part of a record that goes on in the next batch.
            lost.put(0, REJECTED);
        }
        return lost.isEmpty() ? Answer.DELIVERED : new Answer.Delivered(lost);
    }

    /** A stranger's words in our log. */
    private String shown(String message) {
        return ControlCharacters.escape(CapturedValue.shortenedHarmless(redactor.redact(message), MAX_MESSAGE_CHARS));
    }
}
