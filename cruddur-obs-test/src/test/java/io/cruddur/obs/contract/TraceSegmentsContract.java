package io.cruddur.obs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryOptions;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.SegmentsReceiver;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
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
    protected List<Arrival> arrivals() {
        return receiver().documents().stream()
                .map(document -> new Arrival(document.path("id").asString(), text(document)))
                .toList();
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
        return toService(delivery -> {});
    }

    private Obs toService(Consumer<DeliveryOptions> delivery) {
        return sendingTo(receiver().endpoint().getPort())
                .delivery(delivery)
                .delivery(options -> options.attemptTimeout(SOON))
                .closeOnShutdown(false)
                .build();
    }

    @Test
    void whatTheServiceDidNotProcessIsSentAgainOneByOne() {
        List<List<String>> calls = new CopyOnWriteArrayList<>();
        var go = new CountDownLatch(1);
        receiver().unprocessed(document -> {
            while (calls.size() < receiver().calls()) {
                calls.add(new CopyOnWriteArrayList<>());
            }
            calls.get(calls.size() - 1).add(text(document));
            if (calls.size() == 1) {
                awaitWord(go);
            }
            return calls.size() == 2 && List.of("record 3", "record 7").contains(text(document)) ? "Odd" : null;
        });
        // On disk is what was taken from the queue: while the service is at the first, all others come together.
        try (Obs obs =
                toService(delivery -> delivery.spool(SpoolMode.WRITE_AHEAD).spoolDirectory(spool()))) {
            record(obs, "first");
            await().atMost(SOON).until(() -> !calls.isEmpty());
            List<String> texts = recordSome(obs, 0, 10);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(report(obs).spooled()).isEqualTo(11));
            go.countDown();
            assertThat(obs.flush(SOON).isComplete()).isTrue();
            assertThat(calls).containsExactly(List.of("first"), texts, List.of("record 3"), List.of("record 7"));
            assertThat(came()).hasSize(11).endsWith("record 3", "record 7");
        } finally {
            go.countDown();
        }
    }

    private static void awaitWord(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatItDoesNotProcessAloneIsLostUnderItsWord() {
        receiver().unprocessed(document -> text(document).endsWith("3") ? "InvalidDocument" : null);
        try (Obs obs = toService()) {
            for (int i = 0; i < 20; i++) {
                record(obs, "record " + i);
            }
            DeliveryReport.Sink report = obs.flush(SOON).sinks().get(0);
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
            assertThat(obs.flush(SOON).isComplete()).isTrue();
            assertThat(arrived()).hasSize(10);
            assertThat(receiver().documents()).hasSize(10);
            assertThat(times[0]).isEqualTo(4);
        }
    }
}
