package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.Delivery;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.delivery.PipelineSettings;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.delivery.SinkCounts;
import io.cruddur.obs.log.LogEncoder;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the pipeline's queue to the wire: what is sent breaks no limit of the service's, which fails a call for it. */
@Timeout(60)
class LimitsTest {
    private static final int MOST_BYTES = 1_048_576;
    private static final int OVERHEAD = 26;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Duration LONG = Duration.ofSeconds(8);

    private LogsReceiver service;
    private final Delivery delivery = new Delivery();

    @BeforeEach
    void start() throws IOException {
        service = new LogsReceiver();
        service.createGroup(Events.GROUP);
        service.createStream(Events.GROUP, Events.STREAM);
    }

    @AfterEach
    void stop() throws IOException {
        delivery.close(Duration.ZERO);
        SinkCounts law = delivery.counts().get(0);
        assertThat(law.accepted()).isEqualTo(law.delivered() + law.pending() + law.lostTotal());
        assertThat(service.refusals()).isEmpty();
        service.close();
    }

    private SinkCounts ship(List<LogRecord> records) {
        return ship(records, Duration.ofSeconds(1));
    }

    /**
     * Lets the worker begin when all records wait, so that batches hang on the limits and not on luck.
     *
     * @param linger how long what makes no full batch waits for more: where all of it is to come in time, the longer
     */
    private SinkCounts ship(List<LogRecord> records, Duration linger) {
        var open = new CountDownLatch(1);
        LogEncoder gated = (record, maxBytes, lines) -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Events.AS_IT_IS.encode(record, maxBytes, lines);
        };
        var sink = new Lingering(new CloudWatchSink(Events.settings(service), gated), linger);
        Pipeline<LogRecord> pipeline = delivery.add(Pipeline.inMemory(sink, PipelineSettings.DEFAULT));
        records.forEach(pipeline::offer);
        open.countDown();
        // Not flushed: that would send what is there before the rest is.
        await().atMost(Duration.ofSeconds(30)).until(() -> pipeline.counts().pending() == 0);
        return pipeline.counts();
    }

    /** The sink, but for how long its records wait for others. */
    private record Lingering(CloudWatchSink sink, Duration linger) implements Sink<LogRecord, EncodedRecord> {
        @Override
        public String name() {
            return sink.name();
        }

        @Override
        public BatchLimits limits() {
            BatchLimits of = sink.limits();
            return new BatchLimits(of.maxCount(), of.maxBytes(), of.overheadBytes(), of.maxSpan(), linger);
        }

        @Override
        public Duration attemptTimeout() {
            return sink.attemptTimeout();
        }

        @Override
        public void encode(LogRecord record, Consumer<EncodedRecord> out) {
            sink.encode(record, out);
        }

        @Override
        public Answer send(List<EncodedRecord> batch) {
            return sink.send(batch);
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    private static List<LogRecord> now(String... messages) {
        long now = System.currentTimeMillis();
        return java.util.Arrays.stream(messages)
                .map(message -> Events.record(now, message))
                .toList();
    }

    /** A character each of 1, 2, 3 and 4 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void bytesAreCountedAsTheyAreEncoded(String character) {
        int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        int half = (MOST_BYTES / 2 - OVERHEAD) / bytes * bytes;
        String first = character.repeat(half / bytes);
        String exact = "x".repeat(MOST_BYTES - 2 * OVERHEAD - half);

        assertThat(ship(now(first, exact), LONG).delivered()).isEqualTo(2);

        assertThat(service.calls("PutLogEvents")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void aByteMoreIsAnotherCall(String character) {
        int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        int half = (MOST_BYTES / 2 - OVERHEAD) / bytes * bytes;
        String first = character.repeat(half / bytes);
        String over = "x".repeat(MOST_BYTES - 2 * OVERHEAD - half + 1);

        assertThat(ship(now(first, over)).delivered()).isEqualTo(2);

        assertThat(service.calls("PutLogEvents")).isEqualTo(2);
        assertThat(service.events()).extracting(ReceivedEvent::message).containsExactly(first, over);
    }

    @Test
    void tenThousandEventsAreOneCall() {
        assertThat(ship(Collections.nCopies(10_000, now("x").get(0)), LONG).delivered())
                .isEqualTo(10_000);
        assertThat(service.calls("PutLogEvents")).isEqualTo(1);
    }

    @Test
    void oneMoreIsAnother() {
        assertThat(ship(Collections.nCopies(10_001, now("x").get(0)), LONG).delivered())
                .isEqualTo(10_001);
        assertThat(service.calls("PutLogEvents")).isEqualTo(2);
    }

    @Test
    void eventsGoInTheOrderOfTheirTime() {
        long now = System.currentTimeMillis();
        var records = new ArrayList<LogRecord>();
        for (int i = 0; i < 1_000; i++) {
            records.add(Events.record(now - i * 1_000L, "event " + i));
        }
        Collections.shuffle(records, new Random(1));

        assertThat(ship(records, LONG).delivered()).isEqualTo(1_000);

        assertThat(service.events()).extracting(ReceivedEvent::timestampMillis).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void aCallSpansADayAtMost(long more) {
        long now = System.currentTimeMillis();
        SinkCounts law = ship(List.of(
                Events.record(now, "now"),
                Events.record(now - DAY - more, "a day before"),
                Events.record(now - 3 * DAY, "three days before")));

        assertThat(law.delivered()).isEqualTo(3);
    }

    @Test
    void anEmptyEventIsNotSentAndTheOthersAre() {
        SinkCounts law = ship(now("before", "", "after"));

        assertThat(law.lost()).containsOnlyKeys("empty").containsEntry("empty", 1L);
        assertThat(service.events()).extracting(ReceivedEvent::message).containsExactly("before", "after");
    }

    @Test
    void theLargestEventIsSent() {
        assertThat(ship(now("x".repeat(MOST_BYTES - OVERHEAD))).delivered()).isEqualTo(1);
    }

    @Test
    void aLargerOneIsNotAndTheOthersAre() {
        SinkCounts law = ship(now("before", "x".repeat(MOST_BYTES - OVERHEAD + 1), "after"));

        assertThat(law.lost()).containsEntry("too_large", 1L).hasSize(1);
        assertThat(service.events()).extracting(ReceivedEvent::message).containsExactly("before", "after");
    }

    @Test
    void whatIsTooOldOrTooFarAheadIsCountedAndCostsNoCall() {
        long now = System.currentTimeMillis();
        SinkCounts law = ship(List.of(
                Events.record(-1, "before all time"), Events.record(now - 15 * DAY, "old"),
                Events.record(now + 4 * HOUR, "ahead"), Events.record(Long.MAX_VALUE, "at the end of time")));

        assertThat(law.lost()).containsEntry("too_old", 2L).containsEntry("too_new", 2L);
        assertThat(service.calls("PutLogEvents")).isZero();
    }

    @Test
    void nearTheEdgesOfItsWindowTheServiceDecides() {
        long now = System.currentTimeMillis();
        SinkCounts law = ship(List.of(
                Events.record(now - 14 * DAY - HOUR / 2, "just too old"),
                Events.record(now - 14 * DAY + HOUR / 2, "just not too old"),
                Events.record(now + 2 * HOUR - HOUR / 2, "just not too far ahead"),
                Events.record(now + 2 * HOUR + HOUR / 2, "just too far ahead")));

        assertThat(law.lost()).containsEntry("too_old", 1L).containsEntry("too_new", 1L);
        assertThat(service.events())
                .extracting(ReceivedEvent::message)
                .containsExactly("just not too old", "just not too far ahead");
    }

    @Test
    void whatTheGroupNoLongerKeepsIsCounted() {
        service.retain(Events.GROUP, 3);
        long now = System.currentTimeMillis();
        SinkCounts law = ship(List.of(Events.record(now - 4 * DAY, "gone"), Events.record(now, "kept")));

        assertThat(law.lost()).containsOnlyKeys("expired");
        assertThat(service.events()).extracting(ReceivedEvent::message).containsExactly("kept");
    }
}
