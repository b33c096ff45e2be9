package io.cruddur.obs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.SegmentsReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The two ways to PutTraceSegments: they differ in who signs. */
abstract class TraceSegmentsContract extends AnsweredSinkContract {
    private @Nullable SegmentsReceiver receiver;

    @Override
    protected String sink() {
        return "xray";
    }

    @Override
    protected URI startStandIn() throws IOException {
        receiver = new SegmentsReceiver();
        return receiver.endpoint();
    }

    @Override
    protected void stopStandIn() {
        if (receiver != null) {
            receiver.close();
        }
    }

    private SegmentsReceiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("not started");
        }
        return receiver;
    }

    @Override
    protected List<String> arrived() {
        // The service knows a segment again by its id: one that a call brought whose answer was late is there once.
        var byId = new LinkedHashMap<String, String>();
        receiver()
                .documents()
                .forEach(document -> byId.putIfAbsent(document.path("id").asString(), text(document)));
        return List.copyOf(byId.values());
    }

    private static String text(JsonNode document) {
        return document.at("/annotations/text").asString();
    }

    @Override
    protected void record(Obs obs, String text) {
        obs.trace("record").annotate("text", text).run(() -> {});
    }

    @Override
    protected List<Fault.Answers> later() {
        return List.of(
                new Fault.Answers(400, Map.of("x-amzn-ErrorType", "ThrottledException"), "{}"),
                new Fault.Answers(400, Map.of(), "{\"__type\":\"com.amazonaws.xray#ThrottledException\"}"),
                new Fault.Answers(429, Map.of("Retry-After", "1"), "{\"message\":\"Too Many Requests\"}"),
                new Fault.Answers(500, Map.of("x-amzn-ErrorType", "InternalFailure"), "{}"),
                new Fault.Answers(200, Map.of("Content-Type", "application/json"), "{\"UnprocessedTraceSegments\":["),
                new Fault.Answers(200, Map.of(), ""));
    }

    @Override
    protected List<Fault.Answers> notYou() {
        return List.of(
                new Fault.Answers(403, Map.of("x-amzn-ErrorType", "ExpiredTokenException:http://internal/"), "{}"),
                new Fault.Answers(400, Map.of("x-amzn-ErrorType", "UnrecognizedClientException"), "{}"),
                new Fault.Answers(403, Map.of(), "{\"message\":\"Forbidden\"}"));
    }

    @Override
    protected Map.Entry<Fault.Answers, String> never() {
        return Map.entry(
                new Fault.Answers(400, Map.of("x-amzn-ErrorType", "InvalidRequestException"), "{}"),
                "InvalidRequestException");
    }

    /** With nobody between. */
    private Obs toService() {
        return sendingTo(receiver().endpoint().getPort()).closeOnShutdown(false).build();
    }

    @Test
    void whatTheServiceDidNotProcessIsSentAgainOneByOne() {
        int[] times = new int[1];
        receiver().unprocessed(document -> text(document).equals("record 3") && times[0]++ == 0 ? "Odd" : null);
        try (Obs obs = toService()) {
            for (int i = 0; i < 10; i++) {
                record(obs, "record " + i);
            }
            assertThat(obs.flush(Duration.ofSeconds(30)).isComplete()).isTrue();
            assertThat(arrived()).hasSize(10).endsWith("record 3");
        }
    }

    @Test
    void whatItDoesNotProcessAloneIsLostUnderItsWord() {
        receiver().unprocessed(document -> text(document).endsWith("3") ? "InvalidDocument" : null);
        try (Obs obs = toService()) {
            for (int i = 0; i < 20; i++) {
                record(obs, "record " + i);
            }
            DeliveryReport.Sink report =
                    obs.flush(Duration.ofSeconds(30)).sinks().get(0);
            assertThat(report.lost()).isEqualTo(Map.of("InvalidDocument", 2L));
            assertThat(report.delivered()).isEqualTo(18);
            assertThat(arrived()).hasSize(18);
        }
    }

    @Test
    void whatItPutsOffIsKeptAndTheOthersAreNotSentAgain() {
        int[] times = new int[1];
        receiver()
                .unprocessed(document -> text(document).endsWith("3") && times[0]++ < 3 ? "ThrottledException" : null);
        try (Obs obs = toService()) {
            for (int i = 0; i < 10; i++) {
                record(obs, "record " + i);
            }
            assertThat(obs.flush(Duration.ofSeconds(30)).isComplete()).isTrue();
            assertThat(arrived()).hasSize(10);
            assertThat(receiver().documents()).hasSize(10);
            assertThat(times[0]).isEqualTo(4);
        }
    }
}
