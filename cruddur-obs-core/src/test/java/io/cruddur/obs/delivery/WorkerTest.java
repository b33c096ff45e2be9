package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.ScriptedSink.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {
    /** Throws one after the other, and then ends. */
    private static final class Failing extends Worker {
        private final Queue<Error> errors = new ArrayDeque<>(
                List.of(new OutOfMemoryError("not really"), new StackOverflowError(), new LinkageError("left out")));

        final CompletableFuture<Thread> first = new CompletableFuture<>();
        final CompletableFuture<Thread> last = new CompletableFuture<>();

        Failing() {
            super("failing");
        }

        @Override
        long round() {
            first.complete(Thread.currentThread());
            Error next = errors.poll();
            if (next == null) {
                return -1;
            }
            // Nor may an interrupt, which makes each park return at once.
            Thread.currentThread().interrupt();
            throw next;
        }

        @Override
        void end() {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            last.complete(Thread.currentThread());
        }
    }

    @Test
    void anErrorInARoundDoesNotEndTheThread() throws Exception {
        var worker = new Failing();
        worker.start();

        assertThat(worker.last.get(20, TimeUnit.SECONDS)).isSameAs(worker.first.get(20, TimeUnit.SECONDS));
        assertThat(worker.errors).isEmpty();
    }

    @Test
    void anErrorInARoundCostsNoRecord() {
        var rounds = new AtomicInteger();
        var sink = new ScriptedSink();
        var delivery = new Delivery();
        Pipeline<Item> pipeline = delivery.add(Pipeline.inMemory(sink, PipelineSettings.DEFAULT, () -> {
            if (rounds.incrementAndGet() <= 3) {
                throw new AssertionError("in round " + rounds);
            }
        }));
        pipeline.offer(new Item("a"));
        pipeline.offer(new Item("b"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(sink.arrived).containsExactly("a", "b"));
        delivery.close(Duration.ofSeconds(20));
        assertThat(pipeline.counts().delivered()).isEqualTo(2);
    }
}
