package io.cruddur.obs.rollbar;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.redact.Redactor;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends each error as one item to Rollbar, and believes only an answer that is Rollbar's. */
public final class RollbarSink implements Sink<ErrorRecord, EncodedRecord> {
    private static final int MAX_BODY = 65_536;
    private static final Pattern ACKNOWLEDGED = Pattern.compile("\"err\"\\s*:\\s*0\\b");

    private final RollbarSettings settings;
    private final Redactor redactor;
    private @Nullable ItemWriter writer;
    private @Nullable HttpClient client;

    /** A sink for the given project; nothing is opened before the first item. */
    public RollbarSink(RollbarSettings settings, Redactor redactor) {
        this.settings = settings;
        this.redactor = redactor;
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
        HttpRequest request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(settings.attemptTimeout())
                .header("Content-Type", "application/json")
                .header("X-Rollbar-Access-Token", settings.accessToken())
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch.get(0).bytes()))
                .build();
        var body = new ByteArrayOutputStream();
        // The request's own time limit ends with the headers; a body that drips would hold the worker for good.
        CompletableFuture<HttpResponse<Void>> exchange = client().sendAsync(request, atMost(MAX_BODY, body));
        try {
            HttpResponse<Void> response = exchange.get(settings.attemptTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return answer(response.statusCode(), body.toString(StandardCharsets.UTF_8), response.headers());
        } catch (TimeoutException e) {
            return Answer.unreachable(
                    "no answer within " + settings.attemptTimeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return Answer.unreachable(String.valueOf(e.getCause()));
        } finally {
            exchange.cancel(true);
        }
    }

    /** Keeps the beginning of a body and lets the rest go by. */
    private static HttpResponse.BodyHandler<Void> atMost(int bytes, ByteArrayOutputStream body) {
        return HttpResponse.BodyHandlers.ofByteArrayConsumer(part ->
                part.ifPresent(some -> body.write(some, 0, Math.min(some.length, bytes - body.size()))));
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
        return new Answer.Retry("http_" + status, askedWait(headers));
    }

    private static Duration askedWait(HttpHeaders headers) {
        String seconds = headers.firstValue("Retry-After")
                .or(() -> headers.firstValue("x-rate-limit-remaining-seconds"))
                .orElse("");
        return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private HttpClient client() {
        HttpClient present = client;
        if (present == null) {
            client = present = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(2))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        }
        return present;
    }

    @Override
    public void close() {
        // The JDK's client has nothing to close before Java 21; its threads end when it is collected.
        client = null;
    }
}
