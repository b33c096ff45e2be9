package io.cruddur.obs.rollbar;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.http.HttpAttempts;
import io.cruddur.obs.http.RetryAfter;
import io.cruddur.obs.redact.Redactor;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends each error as one item to Rollbar, and believes only an answer that is Rollbar's. */
public final class RollbarSink implements Sink<ErrorRecord, EncodedRecord> {
    private static final Pattern ACKNOWLEDGED = Pattern.compile("\"err\"\\s*:\\s*0\\b");

    private final RollbarSettings settings;
    private final Redactor redactor;
    private final HttpAttempts http;
    private @Nullable ItemWriter writer;

    /** A sink for the given project; nothing is opened before the first item. */
    public RollbarSink(RollbarSettings settings, Redactor redactor) {
        this.settings = settings;
        this.redactor = redactor;
        this.http = new HttpAttempts(settings.attemptTimeout());
    }

    @Override
    public String name() {
        return "rollbar";
    }

    @Override
    public Duration attemptTimeout() {
        return settings.attemptTimeout();
    }

    @Override
    public BatchLimits limits() {
        return BatchLimits.ofCount(1);
    }

    @Override
    public void encode(ErrorRecord error, Consumer<EncodedRecord> out) {
        ItemWriter present = writer;
        if (present == null) {
            // Here and not in the constructor: it looks up the host's name, which may take long.
            writer = present = new ItemWriter(settings, redactor);
        }
        out.accept(new EncodedRecord(
                UUID.fromString(error.uuid()), error.timestampMillis(), error.severity(), true, present.write(error)));
    }

    @Override
    public Answer send(List<EncodedRecord> batch) throws InterruptedException {
        HttpRequest.Builder call = HttpRequest.newBuilder(settings.endpoint())
                .header("Content-Type", "application/json")
                .header("X-Rollbar-Access-Token", settings.accessToken())
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch.get(0).bytes()));
        return http.send(call, reply -> answer(reply.status(), reply.text(), reply.headers()));
    }

    private static Answer answer(int status, String body, HttpHeaders headers) {
        if (status == 200) {
            // A proxy's page is a 200 too; Rollbar says err: 0.
            return ACKNOWLEDGED.matcher(body).find() ? Answer.DELIVERED : Answer.retry("not Rollbar's answer");
        }
        if (status == 401 || status == 403) {
            return new Answer.Unauthorized(
                    "http_" + status, "Check ROLLBAR_ACCESS_TOKEN: it needs the scope post_server_item.");
        }
        if (status == 400 || status == 413 || status == 422) {
            return new Answer.Refused("http_" + status);
        }
        return Answer.Retry.ofStatus(status, "http_" + status, askedWait(headers));
    }

    private static Duration askedWait(HttpHeaders headers) {
        Duration asked = RetryAfter.of(headers, Clock.systemUTC());
        String left = headers.firstValue("x-rate-limit-remaining-seconds").orElse("");
        return asked.isZero() && left.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(left)) : asked;
    }

    @Override
    public void close() {
        http.close();
    }
}
