package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.ScriptedSink.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PipelineTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Delivery delivery = new Delivery();

    private Pipeline<Item> pipeline(ScriptedSink sink) {
        return pipeline(sink, PipelineSettings.DEFAULT);
    }

    private Pipeline<Item> pipeline(ScriptedSink sink, PipelineSettings settings) {
        return delivery.add(Pipeline.inMemory(sink, settings));
    }

    private static void offer(Pipeline<Item> pipeline, String... texts) {
        for (String text : texts) {
            pipeline.offer(new Item(text));
        }
    }

    private static void assertLaw(Pipeline<Item> pipeline) {
        SinkCounts counts = pipeline.counts();
        assertThat(counts.accepted()).isEqualTo(counts.delivered() + counts.pending() + counts.lostTotal());
        // A flush returns as soon as all is settled, which may be just before the worker's hand is empty.
        await().untilAsserted(() ->
                assertThat(pipeline.held()).as("what is really there").isEqualTo(counts.pending()));
    }

    @Test
    void whatIsAcceptedArrivesInOrder() {
        var sink = new ScriptedSink();
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "b", "c");
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a", "b", "c");
        assertThat(pipeline.counts().delivered()).isEqualTo(3);
        assertLaw(pipeline);
    }

    @Test
    void aRetryKeepsTheBatchAndItsOrder() {
        var sink = new ScriptedSink().then(b -> Answer.retry("throttled")).then(b -> {
            throw new IllegalStateException("connection reset");
        });
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "b");
        await().until(() -> sink.arrived.size() == 2);
        assertThat(sink.arrived).containsExactly("a", "b");
        delivery.flush(SOON);
        assertLaw(pipeline);
    }

    @Test
    void aFailureIsToldThoughNothingIsLost() {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> Answer.retry("http_503" + "!".repeat(191) + "\ud83d\ude00 and more");
        Pipeline<Item> pipeline = pipeline(sink);
        assertThat(pipeline.counts().lastFailure()).isNull();
        long before = System.currentTimeMillis();
        offer(pipeline, "a");
        await().until(() -> pipeline.counts().lastFailure() != null);

        SinkCounts.Failure failure = Objects.requireNonNull(pipeline.counts().lastFailure());
        assertThat(failure.reason()).isEqualTo("http_503" + "!".repeat(191));
        assertThat(failure.millis()).isGreaterThanOrEqualTo(before);
        assertThat(pipeline.counts().lost()).isEmpty();
        sink.otherwise = batch -> Answer.DELIVERED;
        delivery.flush(SOON);
        assertThat(pipeline.counts().delivered()).isEqualTo(1);
        assertThat(pipeline.counts().lastFailure())
                .as("a success does not undo it")
                .isNotNull();
    }

    @Test
    void whatTheEndInterruptsDoesNotHideTheFailureBeforeIt() throws InterruptedException {
        var underWay = new CountDownLatch(1);
        var sink = new ScriptedSink().then(batch -> Answer.retry("http_503"));
        sink.otherwise = batch -> {
            underWay.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                return Answer.unreachable("interrupted");
            }
            return Answer.DELIVERED;
        };
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a");
        assertThat(underWay.await(20, TimeUnit.SECONDS)).isTrue();

        delivery.close(Duration.ofMillis(200));

        assertThat(Objects.requireNonNull(pipeline.counts().lastFailure()).reason())
                .isEqualTo("http_503");
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("shutdown", 1L));
    }

    @ParameterizedTest
    @CsvSource({"unauthorized", "refused", "rejected"})
    void eachWayToFailIsTold(String way) {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> switch (way) {
            case "unauthorized" -> new Answer.Unauthorized(way, "Check the token.");
            case "refused" -> new Answer.Refused(way);
            default -> new Answer.Delivered(Map.of(0, way));
        };
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a");
        await().until(() -> pipeline.counts().lastFailure() != null);

        assertThat(Objects.requireNonNull(pipeline.counts().lastFailure()).reason())
                .isEqualTo(way);
        sink.otherwise = batch -> Answer.DELIVERED;
    }

    @Test
    void aPoisonRecordIsFoundByHalvingAndTheRestIsDelivered() {
        var sink = new ScriptedSink(ScriptedSink.lingering(Duration.ofMinutes(5)));
        sink.otherwise = batch -> batch.contains("bad") ? new Answer.Refused("http_422") : Answer.DELIVERED;
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "b", "bad", "c", "d", "e", "f");
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("http_422", 1L));
        assertLaw(pipeline);
    }

    @Test
    void recordsRejectedWithinASuccessAreCountedByReason() throws InterruptedException {
        var sink = new ScriptedSink(ScriptedSink.lingering(Duration.ofMinutes(5)))
                .then(b -> new Answer.Delivered(Map.of(0, "too_old", 2, "too_new")));
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "b", "c");
        // All three go in one batch, and not what the flush finds of them.
        pipeline.awaitTakenIn(System.nanoTime() + SOON.toNanos());
        delivery.flush(SOON);
        assertThat(sink.batchSizes).containsExactly(3);
        assertThat(pipeline.counts().delivered()).isEqualTo(1);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("too_old", 1L, "too_new", 1L));
        assertLaw(pipeline);
    }

    @Test
    void aRecordThatCannotBeEncodedIsCountedAndTheRestGoesOn() {
        var sink = new ScriptedSink();
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "poison", "b");
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a", "b");
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("encode_failed", 1L));
        assertLaw(pipeline);
    }

    @Test
    void credentialsThatAreRefusedKeepTheRecords() {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> new Answer.Unauthorized("http_401", "Check the token.");
        Pipeline<Item> pipeline = pipeline(sink, new PipelineSettings(1024, 1 << 20, 1 << 20, Duration.ofMillis(1)));
        offer(pipeline, "a");
        // Probed again and again, far beyond the deadline of a retry.
        for (int probes = 1; probes < 4; probes++) {
            int seen = probes;
            await().until(() -> sink.batchSizes.size() >= seen);
            pipeline.hurry();
        }
        assertThat(pipeline.counts().lost()).isEmpty();
        assertThat(pipeline.counts().pending()).isEqualTo(1);
        sink.otherwise = batch -> Answer.DELIVERED;
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("a");
        assertLaw(pipeline);
    }

    @Test
    void aFullQueueLosesWithACountAndNeverBlocks() throws InterruptedException {
        var sink = new ScriptedSink();
        var stalled = new CountDownLatch(1);
        sink.then(batch -> {
            awaitUninterruptibly(stalled);
            return Answer.DELIVERED;
        });
        Pipeline<Item> pipeline = pipeline(sink, new PipelineSettings(64, 1 << 20, 1 << 20, Duration.ofMinutes(1)));
        offer(pipeline, "first");
        await().until(() -> !sink.batchSizes.isEmpty());
        IntStream.range(0, 1_000).forEach(i -> offer(pipeline, "x"));
        SinkCounts full = pipeline.counts();
        assertThat(full.accepted()).isEqualTo(1_001);
        assertThat(full.lost()).isEqualTo(Map.of("queue_full", 936L));
        assertThat(full.pending()).isEqualTo(65);
        stalled.countDown();
        delivery.flush(SOON);
        assertThat(pipeline.counts().delivered()).isEqualTo(65);
        assertLaw(pipeline);
    }

    @Test
    void theQueueIsBoundedByBytesToo() {
        var sink = new ScriptedSink();
        var stalled = new CountDownLatch(1);
        sink.then(batch -> {
            awaitUninterruptibly(stalled);
            return Answer.DELIVERED;
        });
        Pipeline<Item> pipeline = pipeline(sink, new PipelineSettings(64, 256, 1 << 20, Duration.ofMinutes(1)));
        offer(pipeline, "first");
        await().until(() -> !sink.batchSizes.isEmpty());
        offer(pipeline, "y".repeat(80), "y".repeat(80), "y".repeat(20));
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("queue_full", 1L));
        stalled.countDown();
        delivery.flush(SOON);
        assertLaw(pipeline);
    }

    @ParameterizedTest
    @CsvSource({
        "trace, 56, 44",
        "debug, 56, 44",
        "info,  56, 44",
        "warn,  64, 36",
        "error, 64, 36",
    })
    void theLastEighthOfTheQueueIsKeptForWarnAndAbove(String level, int taken, long refused) {
        assertTaken(new PipelineSettings(64, 1 << 20, 1 << 20, Duration.ofMinutes(1)), level, "x", taken, refused);
    }

    @ParameterizedTest
    @CsvSource({"info, 14, 86", "warn, 16, 84"})
    void soIsTheLastEighthOfItsBytes(String level, int taken, long refused) {
        // One half of the bytes is 1,048,576, and a record weighs a little more than its share beyond a sixteenth of
        // it.
        var settings = new PipelineSettings(64, 2 << 20, 1 << 20, Duration.ofMinutes(1));
        int share = (1 << 20) / 64;
        int excess = (1 << 20) / 16;
        assertTaken(settings, level, "x".repeat(share + excess - level.length() - 4), taken, refused);
    }

    /** Offers a hundred of them while the service hangs, and then one hundred errors as small as can be. */
    private void assertTaken(PipelineSettings settings, String level, String text, int taken, long refused) {
        var sink = new ScriptedSink();
        var stalled = new CountDownLatch(1);
        sink.then(batch -> {
            awaitUninterruptibly(stalled);
            return Answer.DELIVERED;
        });
        Pipeline<Item> pipeline = pipeline(sink, settings);
        offer(pipeline, "first");
        await().until(() -> !sink.batchSizes.isEmpty());
        IntStream.range(0, 100).forEach(i -> offer(pipeline, level + " %03d".formatted(i) + text));
        assertThat(pipeline.queued()).isEqualTo(taken);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("queue_full", refused));
        IntStream.range(0, 100).forEach(i -> offer(pipeline, "error more"));
        assertThat(pipeline.queued()).as("with errors").isEqualTo(64);
        stalled.countDown();
        delivery.flush(SOON);
        assertLaw(pipeline);
    }

    @Test
    void flushDoesNotCallDeliveredWhatWasNotAcknowledged() {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> Answer.retry("down");
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "b");
        delivery.flush(Duration.ofMillis(50));
        assertThat(pipeline.counts().delivered()).isZero();
        assertThat(pipeline.counts().pending()).isEqualTo(2);
    }

    @Test
    void aRetryEndsAtItsDeadlineWithACount() {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> Answer.retry("down");
        Pipeline<Item> pipeline = pipeline(sink, new PipelineSettings(64, 1 << 20, 1 << 20, Duration.ZERO));
        offer(pipeline, "a");
        await().until(() -> pipeline.counts().lostTotal() == 1);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("retry_deadline", 1L));
        assertLaw(pipeline);
    }

    @Test
    void closeSendsWhatIsLeftAndCountsWhatComesAfter() throws InterruptedException {
        var sink = new ScriptedSink(ScriptedSink.lingering(Duration.ofMinutes(5)));
        Pipeline<Item> pipeline = pipeline(sink);
        IntStream.range(0, 1_000).forEach(i -> offer(pipeline, "r" + i));
        delivery.close(SOON);
        assertThat(sink.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sink.arrived).hasSize(1_000);
        offer(pipeline, "late");
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("closed", 1L));
        assertLaw(pipeline);
    }

    @Test
    void closeGivesUpAtTheDeadlineAndCountsIt() {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> Answer.retry("down");
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a", "b");
        delivery.close(Duration.ofMillis(100));
        await().until(() -> pipeline.counts().pending() == 0);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("shutdown", 2L));
        assertLaw(pipeline);
    }

    @Test
    void anAttemptThatOutlastsTheDeadlineIsInterruptedAndCounted() {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> {
            awaitUninterruptibly(new CountDownLatch(1));
            return Answer.DELIVERED;
        };
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a");
        await().until(() -> !sink.batchSizes.isEmpty());
        offer(pipeline, "b");
        delivery.close(Duration.ofMillis(50));
        await().until(() -> pipeline.counts().pending() == 0);
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("shutdown", 2L));
        assertLaw(pipeline);
    }

    @Test
    void closeTriesAgainAtOnceHoweverLongTheServiceAskedToWait() {
        var sink = new ScriptedSink().then(b -> Answer.Retry.throttled("throttled", Duration.ofMinutes(4)));
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a");
        await().until(() -> sink.batchSizes.size() == 1);
        delivery.close(SOON);
        assertThat(sink.arrived).containsExactly("a");
        assertLaw(pipeline);
    }

    @Test
    void anErrorWhileEncodingIsCountedAndTheWorkerGoesOn() {
        var sink = new ScriptedSink();
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "error", "b");
        delivery.close(SOON);
        assertThat(sink.arrived).containsExactly("b");
        assertThat(pipeline.counts().lost()).isEqualTo(Map.of("encode_failed", 1L));
        assertLaw(pipeline);
    }

    @Test
    void offersThatRaceWithTheCloseAreAllCounted() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            Pipeline<Item> pipeline = Pipeline.inMemory(new ScriptedSink(), PipelineSettings.DEFAULT);
            var both = new Delivery();
            both.add(pipeline);
            var closing = new java.util.concurrent.atomic.AtomicBoolean();
            List<Thread> producers = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                var thread = new Thread(() -> {
                    for (int i = 0; i < 2_000 || !closing.get(); i++) {
                        offer(pipeline, "x");
                    }
                });
                thread.start();
                producers.add(thread);
            }
            both.close(SOON);
            closing.set(true);
            for (Thread producer : producers) {
                producer.join();
            }
            assertThat(pipeline.counts().pending()).as("round %d", round).isZero();
            assertLaw(pipeline);
        }
    }

    @Test
    void anErrorInTheSinkDoesNotEndTheWorker() {
        var sink = new ScriptedSink().then(b -> {
            throw new NoClassDefFoundError("left out");
        });
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "a");
        await().until(() -> sink.arrived.contains("a"));
        delivery.flush(SOON);
        assertLaw(pipeline);
    }

    @Test
    void batchesKeepTheSinksLimits() {
        var sink = new ScriptedSink(new BatchLimits(3, 20, 5, Duration.ofDays(1), Duration.ofMinutes(5)));
        Pipeline<Item> pipeline = pipeline(sink);
        offer(pipeline, "1", "2", "3", "4", "0123456789", "0123456789", "5");
        delivery.flush(SOON);
        assertThat(sink.arrived).containsExactly("1", "2", "3", "4", "0123456789", "0123456789", "5");
        assertThat(sink.batchSizes).allSatisfy(size -> assertThat(size).isBetween(1, 3));
        assertThat(sink.batchSizes).hasSizeGreaterThanOrEqualTo(4);
        assertLaw(pipeline);
    }

    @Test
    void nothingIsLostOrDoubledUnderManyProducers() throws InterruptedException {
        var sink = new ScriptedSink();
        Pipeline<Item> pipeline =
                pipeline(sink, new PipelineSettings(1 << 17, 1 << 26, 1 << 20, Duration.ofMinutes(1)));
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int id = t;
            var thread = new Thread(() -> IntStream.range(0, 10_000).forEach(i -> offer(pipeline, id + ":" + i)));
            thread.start();
            producers.add(thread);
        }
        for (Thread producer : producers) {
            producer.join();
        }
        delivery.flush(SOON);
        assertThat(sink.arrived).hasSize(80_000).doesNotHaveDuplicates();
        assertLaw(pipeline);
    }

    @Test
    void aFlushIsNotOverBecauseOthersWereRefusedMeanwhile() {
        var sink = new ScriptedSink();
        var stalled = new CountDownLatch(1);
        sink.then(batch -> {
            awaitUninterruptibly(stalled);
            return Answer.DELIVERED;
        });
        Pipeline<Item> pipeline = pipeline(sink, new PipelineSettings(64, 1 << 20, 1 << 20, Duration.ofMinutes(1)));
        offer(pipeline, "first");
        await().until(() -> !sink.batchSizes.isEmpty());
        IntStream.range(0, 64).forEach(i -> offer(pipeline, "x"));
        Ledger.Mark target = pipeline.hurry();
        IntStream.range(0, 1_000).forEach(i -> offer(pipeline, "refused"));
        long deadline = System.nanoTime() + Duration.ofMillis(50).toNanos();
        awaitPipeline(pipeline, target, deadline);
        assertThat(System.nanoTime()).as("65 are pending").isGreaterThanOrEqualTo(deadline);
        stalled.countDown();
        awaitPipeline(pipeline, target, System.nanoTime() + SOON.toNanos());
        assertThat(pipeline.counts().delivered()).isEqualTo(65);
        assertLaw(pipeline);
    }

    @Test
    void theLawHoldsAtEachMomentWhileManyOfferAndMuchIsRefused() throws InterruptedException {
        var sink = new ScriptedSink();
        sink.otherwise = batch -> batch.contains("bad")
                ? new Answer.Refused("http_413")
                : new Answer.Delivered(batch.contains("old") ? Map.of(batch.indexOf("old"), "too_old") : Map.of());
        Pipeline<Item> pipeline = pipeline(sink, new PipelineSettings(64, 4_096, 1 << 20, Duration.ofMinutes(1)));
        var texts = List.of("ok", "bad", "old", "poison", "y".repeat(100), "z".repeat(5_000));
        var offering = new CountDownLatch(4);
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            var random = new java.util.Random(t);
            var thread = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    offer(pipeline, texts.get(random.nextInt(texts.size())));
                    if (i % 1_000 == 0) {
                        pipeline.failed("not_copied");
                    }
                }
                offering.countDown();
            });
            thread.start();
            producers.add(thread);
        }
        long looks = 0;
        while (offering.getCount() > 0 || looks == 0) {
            SinkCounts now = pipeline.counts();
            assertThat(now.accepted()).isEqualTo(now.delivered() + now.pending() + now.lostTotal());
            assertThat(now.pending()).isNotNegative();
            looks++;
        }
        for (Thread producer : producers) {
            producer.join();
        }
        delivery.flush(SOON);
        SinkCounts end = pipeline.counts();
        assertThat(end.accepted()).isEqualTo(4 * (20_000 + 20));
        assertThat(end.pending()).isZero();
        assertThat(end.delivered()).isEqualTo(sink.arrived.size());
        assertThat(end.lost())
                .containsKeys("queue_full", "encode_failed", "http_413", "too_old")
                .containsEntry("not_copied", 80L);
        offer(pipeline, "y".repeat(2_000));
        delivery.flush(SOON);
        assertThat(sink.arrived).as("the bytes were all given back").contains("y".repeat(2_000));
        assertLaw(pipeline);
    }

    private static void awaitPipeline(Pipeline<Item> pipeline, Ledger.Mark target, long deadlineNanos) {
        try {
            pipeline.await(target, deadlineNanos);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
