package io.cruddur.obs.otlp;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.http.Gzip;
import io.cruddur.obs.http.HttpAttempts;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends traces over OTLP/HTTP as protobuf, to any OpenTelemetry collector or, signed, to X-Ray's own endpoint, and counts as
 * delivered what the answer says was taken. Needs {@code opentelemetry-proto}, and the AWS SDK where requests are signed.
 */
public final class OtlpSink implements Sink<TraceRecord, EncodedRecord> {
    /**
     * X-Ray's endpoint takes 10,000 spans a request and <a
     * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html">5 MB</a>, within 24
     * hours. No span has less than 69 bytes, so there are never as many in these.
     */
    private static final BatchLimits LIMITS =
            new BatchLimits(1_000, 640 * 1_024, 0, Duration.ofHours(24), Duration.ofSeconds(1));

    private final OtlpSettings settings;
    private final TraceEncoder encoder;
    private final Answers answers;
    private final HttpAttempts http;
    private @Nullable SigV4 signer;

    /** A sink for the given endpoint; nothing is opened or looked up before the first batch. */
    public OtlpSink(OtlpSettings settings, Adjustments adjustments, Redactor redactor) {
        this.settings = settings;
        this.encoder = new TraceEncoder(settings.resource(), adjustments, redactor);
        this.answers = new Answers(settings.region() != null, redactor);
        this.http = new HttpAttempts(settings.attemptTimeout());
    }

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    @Override
    public Duration attemptTimeout() {
        return settings.attemptTimeout();
    }

    /** OTLP has no span that is under way. */
    @Override
    public boolean isObsolete(TraceRecord record) {
        return record.inProgress();
    }

    @Override
    public void encode(TraceRecord record, Consumer<EncodedRecord> out) {
        encoder.encode(record, out);
    }

    @Override
    public Answer send(List<EncodedRecord> batch) throws IOException, InterruptedException {
        byte[] body = body(batch);
        if (body.length == 0) {
            return Answer.DELIVERED;
        }
        Map<String, String> headers = new LinkedHashMap<>(settings.headers());
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("User-Agent", userAgent());
        if (settings.gzip()) {
            body = Gzip.of(body);
            headers.put("Content-Encoding", "gzip");
        }
        HttpRequest.Builder call =
                HttpRequest.newBuilder(settings.endpoint()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (settings.region() == null) {
            headers.forEach(call::header);
        } else {
            try {
                signer(settings.region()).sign(settings.endpoint(), headers, body, call);
            } catch (RuntimeException e) {
                return new Answer.Unauthorized(
                        "no_credentials",
                        "The AWS SDK finds no credentials to sign with. Set AWS_PROFILE, AWS_ACCESS_KEY_ID, or a role.");
            }
        }
        return http.send(call, reply -> answers.of(reply, batch));
    }

    private String userAgent() {
        String version = settings.resource().sdkVersion();
        return version == null ? "cruddur-obs" : "cruddur-obs/" + version;
    }

    /** Requests one behind the other are one request. */
    private static byte[] body(List<EncodedRecord> batch) {
        var body = new ByteArrayOutputStream(
                batch.stream().mapToInt(EncodedRecord::size).sum());
        batch.forEach(part -> body.writeBytes(part.bytes()));
        return body.toByteArray();
    }

    private SigV4 signer(String region) {
        SigV4 present = signer;
        if (present == null) {
            signer = present = new SigV4(region);
        }
        return present;
    }

    @Override
    public void close() {
        http.close();
        if (signer != null) {
            signer.close();
        }
    }
}
