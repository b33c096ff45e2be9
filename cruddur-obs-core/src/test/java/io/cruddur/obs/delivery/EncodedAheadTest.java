package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.ScriptedSink.Item;
import io.cruddur.obs.delivery.spool.Spool;
import io.cruddur.obs.delivery.spool.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that waits for answers: two threads, a backlog, and a spool on a real disk. */
@Timeout(60)
class EncodedAheadTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final PipelineSettings SETTINGS =
            new PipelineSettings(1_024, 8 << 20, 1 << 20, Duration.ofMinutes(10));

    private final Path directory;
    private final Delivery delivery = new Delivery();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private ScriptedSink sink = new ScriptedSink();

    EncodedAheadTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void encodeAhead() {
        sink.encodesAhead = true;
    }

    @AfterEach
    void end() {
        stalled.countDown();
        delivery.close(Duration.ofSeconds(1));
        delivery.counts().forEach(EncodedAheadTest::assertBalanced);
    }

    private static void assertBalanced(SinkCounts counts) {
        assertThat(counts.accepted()).isEqualTo(counts.delivered() + counts.pending() + counts.lostTotal());
    }

    private Pipeline<Item> inMemory(PipelineSettings settings) {
        return delivery.add(Pipeline.inMemory(sink, settings));
    }

    private Pipeline<Item> withSpool(SpoolMode mode, long maxBytes) {
        return withSpool(delivery, SETTINGS, mode, maxBytes);
    }

    private Pipeline<Item> withSpool(Delivery to, PipelineSettings settings, SpoolMode mode, long maxBytes) {
        var spool = new Spool(new SpoolSettings(directory, List.of("service", "sink"), maxBytes, Duration.ofDays(13)));
        return to.add(Pipeline.withStore(sink, settings, spool, mode == SpoolMode.WRITE_AHEAD));
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "record " + i).toList();
    }

    /** Offers all of them, as fast as the first thread takes them off the queue. */
    private static void offer(Pipeline<Item> pipeline, List<String> texts) {
        for (String text : texts) {
            pipeline.offer(new Item(text));
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> pipeline.queued() < 512);
        }
    }

    /** Waits until all of them are encoded and wait to be sent. */
    private static void awaitTakenIn(Pipeline<Item> pipeline) {
        try {
            pipeline.awaitTakenIn(System.nanoTime() + SOON.toNanos());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** In the end: the first thread reckons for a moment with a record before it sees that the queue is empty. */
    private static void assertHeld(Pipeline<Item> pipeline, long records) {
        await().untilAsserted(() -> assertThat(pipeline.held()).isEqualTo(records));
    }

    private Answer stall(List<String> batch) {
        boolean interrupted = false;
        while (true) {
            try {
                stalled.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        return interrupted ? Answer.retry("interrupted") : Answer.DELIVERED;
    }

    /** As an attempt that no interrupt ends. */
    private Answer hang(List<String> batch) {
        while (stalled.getCount() > 0) {
            stall(batch);
        }
        return Answer.DELIVERED;
    }

    @Test
    void aSinkThatIsSlowDoesNotKeepTheQueueWaiting() {
        sink.otherwise = this::stall;
        Pipeline<Item> pipeline = inMemory(SETTINGS);
        offer(pipeline, names(0, 3_000));
        assertThat(pipeline.counts().lost()).isEmpty();
        assertThat(pipeline.counts().pending()).isEqualTo(3_000);
        assertHeld(pipeline, 3_000);
        stalled.countDown();
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(names(0, 3_000));
    }

    @Test
    void withoutRoomTheLowestLevelGoesFirst() {
        sink.otherwise = this::stall;
        Pipeline<Item> pipeline = inMemory(SETTINGS);
        offer(pipeline, List.of("first"));
        await().until(() -> !sink.batchSizes.isEmpty());
        String filling = "x".repeat(10_000);
        offer(
                pipeline,
                IntStream.range(0, 100).mapToObj(i -> "debug " + i + filling).toList());
        List<String> errors =
                IntStream.range(0, 100).mapToObj(i -> "error " + i + filling).toList();
        offer(pipeline, errors);
        offer(pipeline, List.of("debug last"));
        await().untilAsserted(() -> assertThat(pipeline.counts().lostTotal()).isGreaterThan(90));
        stalled.countDown();
        delivery.flush(SOON);
        assertThat(sink.arrived).contains("first").containsAll(errors);
        assertThat(pipeline.counts().lost()).containsOnlyKeys("queue_full");
    }

    @Test
    void aSinkThatIsDownLosesNothingAndGetsAllInItsOrderWhenItReturns() {
        sink.otherwise = batch -> Answer.retry("down");
        Pipeline<Item> pipeline = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        List<String> all = names(0, 20_000);
        offer(pipeline, all);
        await().untilAsserted(() -> assertThat(pipeline.counts().spooled()).isEqualTo(20_000));
        assertHeld(pipeline, 20_000);
        assertThat(pipeline.counts().spoolBytes()).isGreaterThan(20_000 * "record ".length());
        sink.otherwise = batch -> Answer.DELIVERED;
        offer(pipeline, List.of("and one more"));
        delivery.flush(SOON);
        assertThat(sink.arrived)
                .hasSize(20_001)
                .startsWith(all.toArray(String[]::new))
                .endsWith("and one more");
        assertThat(pipeline.counts().delivered()).isEqualTo(20_001);
        assertThat(pipeline.counts().spooled()).isZero();
        assertHeld(pipeline, 0);
        await().untilAsserted(() -> assertThat(pipeline.counts().spoolBytes()).isZero());
    }

    @Test
    void aSinkThatTakesWhatItIsSentWritesNothingToTheDisk() {
        Pipeline<Item> pipeline = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 2_000));
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(names(0, 2_000));
        assertThat(directory.resolve("service/sink")).isEmptyDirectory();
        assertThat(pipeline.counts().delivered()).isEqualTo(2_000);
    }

    @Test
    void writtenAheadARecordIsSafeWhileAnAttemptIsUnderWay() {
        sink.otherwise = this::stall;
        Pipeline<Item> pipeline = withSpool(SpoolMode.WRITE_AHEAD, 64 << 20);
        offer(pipeline, names(0, 500));
        await().untilAsserted(() -> assertThat(pipeline.counts().spooled()).isEqualTo(500));
        stalled.countDown();
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(names(0, 500));
        assertThat(pipeline.counts().spooled()).isZero();
    }

    @Test
    void anAttemptThatHangsDoesNotKeepRecordsFromSafetyForLong() {
        sink.otherwise = this::stall;
        Pipeline<Item> pipeline = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 10));
        await().until(() -> !sink.batchSizes.isEmpty());
        offer(pipeline, names(10, 20));
        await().untilAsserted(() -> assertThat(pipeline.counts().spooled()).isEqualTo(20));
        stalled.countDown();
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(names(0, 20));
        assertHeld(pipeline, 0);
    }

    @Test
    void whatIsLeftAtTheEndIsReportedAndSentByTheNextProcess() {
        sink.otherwise = batch -> Answer.retry("down");
        var first = new Delivery();
        Pipeline<Item> pipeline = withSpool(first, SETTINGS, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 100));
        awaitTakenIn(pipeline);
        first.close(Duration.ofMillis(50));
        SinkCounts atTheEnd = pipeline.counts();
        assertThat(atTheEnd.pending()).isEqualTo(100);
        assertThat(atTheEnd.spooled()).isEqualTo(100);
        assertThat(atTheEnd.lost()).isEmpty();
        assertThat(sink.arrived).isEmpty();

        sink.otherwise = batch -> Answer.DELIVERED;
        Pipeline<Item> next = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        await().untilAsserted(() -> assertThat(sink.arrived).isEqualTo(names(0, 100)));
        await().untilAsserted(() -> assertThat(next.counts().delivered()).isEqualTo(100));
        assertThat(next.counts().accepted()).isEqualTo(100);
        await().untilAsserted(
                        () -> assertThat(directory.resolve("service/sink")).isEmptyDirectory());
    }

    @Test
    void whatAnAttemptThatHangsHoldsAtTheEndIsKeptForTheNextProcess() {
        sink.otherwise = this::hang;
        var first = new Delivery();
        Pipeline<Item> pipeline = withSpool(first, SETTINGS, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 10));
        await().until(() -> !sink.batchSizes.isEmpty());
        offer(pipeline, names(10, 100));
        awaitTakenIn(pipeline);
        first.close(Duration.ZERO);
        SinkCounts atTheEnd = pipeline.counts();
        assertThat(atTheEnd.pending()).isEqualTo(100);
        assertThat(atTheEnd.spooled()).isEqualTo(100);
        assertThat(atTheEnd.lost()).isEmpty();
        // It comes back after the end: the law has been told, and does not change.
        stalled.countDown();
        await().until(() -> sink.closed.getCount() == 0);
        assertThat(pipeline.counts()).isEqualTo(atTheEnd);

        sink = new ScriptedSink();
        sink.encodesAhead = true;
        Pipeline<Item> next = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        await().untilAsserted(() -> assertThat(next.counts().delivered()).isEqualTo(100));
        assertThat(sink.arrived).isEqualTo(names(0, 100));
    }

    @Test
    void withoutASpoolItIsCountedAsLost() {
        sink.otherwise = this::hang;
        Pipeline<Item> pipeline = inMemory(SETTINGS);
        offer(pipeline, names(0, 10));
        await().until(() -> !sink.batchSizes.isEmpty());
        awaitTakenIn(pipeline);
        delivery.close(Duration.ZERO);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("shutdown", 10L));
        stalled.countDown();
        await().until(() -> sink.closed.getCount() == 0);
        assertThat(pipeline.counts().delivered()).isZero();
        assertHeld(pipeline, 0);
    }

    @Test
    void aFlushWaitsForNewRecordsEvenWhileOldOnesAreTakenOver() {
        sink.otherwise = batch -> Answer.retry("down");
        var first = new Delivery();
        Pipeline<Item> pipeline = withSpool(first, SETTINGS, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 1_000));
        awaitTakenIn(pipeline);
        first.close(Duration.ofMillis(50));
        sink.otherwise = batch -> Answer.DELIVERED;
        Pipeline<Item> next = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        offer(next, List.of("new"));
        delivery.flush(SOON);
        assertThat(sink.arrived).contains("new");
    }

    @Test
    void aFullSpoolLeavesTheRestToMemoryAndThenCountsWhatIsLost() {
        sink.otherwise = batch -> Answer.retry("down");
        Pipeline<Item> pipeline = withSpool(SpoolMode.OVERFLOW, 1 << 20);
        String filling = "x".repeat(10_000);
        List<String> all =
                IntStream.range(0, 300).mapToObj(i -> "error " + i + filling).toList();
        offer(pipeline, all);
        awaitTakenIn(pipeline);
        await().untilAsserted(() ->
                assertThat(pipeline.held()).isEqualTo(300 - pipeline.counts().lostTotal()));
        SinkCounts full = pipeline.counts();
        assertThat(full.lost()).containsOnlyKeys("spool_full");
        assertThat(full.spooled()).isBetween(95L, 105L);
        assertThat(full.spoolRefusals()).isPositive();
        assertThat(full.pending()).isBetween(190L, 220L);
        sink.otherwise = batch -> Answer.DELIVERED;
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(all.subList(0, sink.arrived.size()));
        assertThat(pipeline.counts().delivered()).isEqualTo(full.pending());
    }

    @Test
    void aRecordTheServiceStumblesOverEachTimeDoesNotHoldUpTheOthers() {
        sink.otherwise = batch -> batch.contains("evil") ? Answer.retry("http_500") : Answer.DELIVERED;
        var settings = new PipelineSettings(1_024, 8 << 20, 1 << 20, Duration.ofMillis(1));
        Pipeline<Item> pipeline = withSpool(delivery, settings, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 10));
        offer(pipeline, List.of("evil"));
        offer(pipeline, names(10, 20));
        await().atMost(SOON).untilAsserted(() -> {
            pipeline.hurry();
            assertThat(pipeline.counts().lost()).isEqualTo(Map.of("retry_deadline", 1L));
        });
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactlyInAnyOrderElementsOf(names(0, 20));
        assertHeld(pipeline, 0);
    }

    @Test
    void anOutageLongerThanTheDeadlineLosesNothingThatHasASpool() {
        sink.otherwise = batch -> Answer.retry("down");
        var settings = new PipelineSettings(1_024, 8 << 20, 1 << 20, Duration.ofMillis(1));
        Pipeline<Item> pipeline = withSpool(delivery, settings, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 50));
        for (int attempts = 1; attempts < 12; attempts++) {
            int seen = attempts;
            await().until(() -> sink.batchSizes.size() >= seen);
            pipeline.hurry();
        }
        sink.otherwise = batch -> Answer.DELIVERED;
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactlyInAnyOrderElementsOf(names(0, 50));
        assertThat(pipeline.counts().lost()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 502, 503, 504})
    void whileTheServiceTakesNothingTheirOrderIsKept(int status) {
        Answer down = status == 0
                ? Answer.unreachable("down")
                : Answer.Retry.ofStatus(status, "http_" + status, Duration.ZERO);
        sink.otherwise = batch -> down;
        var settings = new PipelineSettings(1_024, 8 << 20, 1 << 20, Duration.ofMillis(1));
        Pipeline<Item> pipeline = withSpool(delivery, settings, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 250));
        for (int attempts = 1; attempts < 12; attempts++) {
            int seen = attempts;
            await().until(() -> sink.batchSizes.size() >= seen);
            pipeline.hurry();
        }
        sink.otherwise = batch -> Answer.DELIVERED;
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(names(0, 250));
        assertThat(pipeline.counts().lost()).isEmpty();
    }

    @Test
    void aPartTheServiceStumblesOverStaysBetweenItsNeighbours() {
        sink.otherwise = batch -> batch.contains("b") ? Answer.retry("http_500") : Answer.DELIVERED;
        var settings = new PipelineSettings(1_024, 8 << 20, 1 << 20, Duration.ofMillis(1));
        Pipeline<Item> pipeline = withSpool(delivery, settings, SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, List.of("a|b|c", "d"));
        await().atMost(SOON).untilAsserted(() -> {
            pipeline.hurry();
            assertThat(sink.batchSizes).endsWith(1, 1, 1, 1);
        });
        sink.otherwise = batch -> Answer.DELIVERED;
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a", "b", "c", "d");
        assertThat(pipeline.counts().delivered()).isEqualTo(2);
    }

    @Test
    void aRecordInPartsIsOneRecord() {
        Pipeline<Item> pipeline = inMemory(SETTINGS);
        offer(pipeline, List.of("a|b|c", "d"));
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a", "b", "c", "d");
        assertThat(pipeline.counts().delivered()).isEqualTo(2);
    }

    @Test
    void aRecordOfWhichAPartWasRejectedIsLost() {
        sink = new ScriptedSink(ScriptedSink.lingering(Duration.ofMinutes(5)));
        sink.encodesAhead = true;
        sink.then(batch -> new Answer.Delivered(Map.of(1, "too_old")));
        Pipeline<Item> pipeline = inMemory(SETTINGS);
        offer(pipeline, List.of("a|b|c", "d"));
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a", "c", "d");
        assertThat(pipeline.counts().delivered()).isEqualTo(1);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("too_old", 1L));
    }

    @Test
    void aPoisonRecordIsFoundOnDiskAsWell() {
        var refused = new ArrayList<String>();
        sink.otherwise = batch -> Answer.retry("down");
        Pipeline<Item> pipeline = withSpool(SpoolMode.OVERFLOW, 64 << 20);
        offer(pipeline, names(0, 7));
        offer(pipeline, List.of("bad"));
        offer(pipeline, names(7, 20));
        await().until(() -> pipeline.counts().spooled() == 21);
        sink.otherwise = batch -> {
            if (batch.contains("bad")) {
                refused.addAll(batch);
                return new Answer.Refused("http_422");
            }
            return Answer.DELIVERED;
        };
        delivery.flush(SOON);
        assertThat(sink.arrived).isEqualTo(names(0, 20));
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("http_422", 1L));
        assertThat(refused).contains("bad");
    }

    @Test
    void recordsOutOfTheOrderOfTimeAreSentInIt() {
        var batch = List.of(at(30), at(10), at(20));
        assertThat(Sender.inOrderOfTime(batch))
                .extracting(EncodedRecord::timestampMillis)
                .containsExactly(10L, 20L, 30L);
        var sorted = List.of(at(10), at(10), at(20));
        assertThat(Sender.inOrderOfTime(sorted)).isSameAs(sorted);
    }

    private static EncodedRecord at(long millis) {
        return new EncodedRecord(new UUID(0, 0), millis, Severity.INFO, true, new byte[0]);
    }
}
