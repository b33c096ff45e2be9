package io.cruddur.obs.contract;

import io.cruddur.obs.DeliveryOptions;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.OtlpObs;
import io.cruddur.obs.otlp.OtlpResource;
import io.cruddur.obs.otlp.OtlpSettings;
import io.cruddur.obs.test.otlp.OtlpReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

class OtlpContractTest extends AnsweredSinkContract {
    private @Nullable OtlpReceiver receiver;

    @Override
    protected String sink() {
        return "otlp";
    }

    @Override
    protected URI startStandIn() throws IOException {
        receiver = new OtlpReceiver();
        return receiver.endpoint();
    }

    @Override
    protected void stopStandIn() {
        if (receiver != null) {
            receiver.close();
        }
    }

    @Override
    protected List<Arrival> arrivals() {
        return receiver == null
                ? List.of()
                : receiver.spans().stream()
                        .map(span -> new Arrival(span.spanId(), span.name()))
                        .toList();
    }

    @Override
    protected ObsBuilder sendingTo(int port) {
        throw new UnsupportedOperationException("put together by hand");
    }

    @Override
    protected Obs open(int port, Duration attempt, Consumer<DeliveryOptions> delivery) {
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/v1/traces");
        // Not compressed: the proxy looks for words in a body.
        return OtlpObs.sending(
                OtlpSettings.collector(endpoint, OtlpResource.of("contract"))
                        .withGzip(false)
                        .withAttemptTimeout(attempt),
                delivery);
    }

    @Override
    protected void record(Obs obs, String text) {
        obs.trace(text).run(span -> {});
    }

    @Override
    protected List<Fault.Answers> later() {
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1));
        return List.of(
                new Fault.Answers(429, Map.of("Retry-After", "1"), ""),
                new Fault.Answers(503, Map.of("Retry-After", soon), ""),
                new Fault.Answers(429, Map.of("Retry-After", "when it suits"), ""),
                new Fault.Answers(504, Map.of(), ""),
                new Fault.Answers(200, Map.of("Content-Type", "application/json"), "{}"),
                new Fault.Answers(200, Map.of("Content-Type", "application/x-protobuf"), "\n\u0005a"),
                new Fault.Answers(200, Map.of(), "\n\u0000"));
    }

    @Override
    protected List<Fault.Answers> notYou() {
        return List.of(
                new Fault.Answers(401, Map.of(), ""),
                new Fault.Answers(403, Map.of(), "<html>"),
                new Fault.Answers(404, Map.of(), ""),
                new Fault.Answers(405, Map.of(), ""),
                new Fault.Answers(407, Map.of(), ""),
                new Fault.Answers(307, Map.of("Location", "http://127.0.0.1:1/"), ""));
    }

    @Override
    protected Map.Entry<Fault.Answers, String> never() {
        return Map.entry(new Fault.Answers(400, Map.of(), ""), "http_400");
    }
}
