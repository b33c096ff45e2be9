package io.cruddur.obs.rollbar;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.http.Gzip;
import io.cruddur.obs.http.HttpAttempts;
import io.cruddur.obs.redact.Redactor;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends each error as one item to Rollbar, and believes only an answer that is Rollbar's. */
public final class RollbarSink implements Sink<ErrorRecord, EncodedRecord> {
    /** Below that it costs more than it saves. */
    private static final int LEAST_ZIPPED = 1_024;

    private static final int TOO_LARGE = 413;
    /** Less than that is no item any more. */
    private static final int LEAST_ITEM = 4_096;

    private final RollbarSettings settings;
    private final Redactor redactor;
    private final HttpAttempts http;
    private final Answers answers;
    private final @Nullable ClassLoader application;
    private @Nullable ItemWriter writer;

    /** A sink for the given project; nothing is opened before the first item. */
    public RollbarSink(RollbarSettings settings, Redactor redactor) {
        this.settings = settings;
        this.redactor = redactor;
        this.http = new HttpAttempts(settings.attemptTimeout(), settings.proxy());
        this.answers = new Answers(redactor);
        this.application = Thread.currentThread().getContextClassLoader();
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
            writer = present = new ItemWriter(settings, redactor, ServerFacts.find(application));
        }
        out.accept(new EncodedRecord(
                UUID.fromString(error.uuid()), error.timestampMillis(), error.severity(), true, present.write(error)));
    }

    @Override
    public Answer send(List<EncodedRecord> batch) throws InterruptedException, IOException {
        byte[] item = batch.get(0).bytes();
        Answer answer = send(item);
        // Too large is between here and there, too: a proxy may take less than Rollbar.
        while (answer instanceof Answer.Refused refused
                && refused.reason().equals(Answers.reason(TOO_LARGE))
                && item.length > LEAST_ITEM) {
            byte[] shorter = ShorterItem.of(item, item.length / 2);
            if (shorter.length >= item.length) {
                break;
            }
            item = shorter;
            answer = send(item);
        }
        return answer;
    }

    private Answer send(byte[] item) throws InterruptedException, IOException {
        HttpRequest.Builder call = HttpRequest.newBuilder(settings.endpoint())
                .header("Content-Type", "application/json")
                .header("X-Rollbar-Access-Token", settings.accessToken());
        byte[] body = item;
        if (item.length >= LEAST_ZIPPED) {
            body = Gzip.of(item);
            call.header("Content-Encoding", "gzip");
        }
        return http.send(call.POST(HttpRequest.BodyPublishers.ofByteArray(body)), answers::of);
    }

    @Override
    public void close() {
        http.close();
    }
}
