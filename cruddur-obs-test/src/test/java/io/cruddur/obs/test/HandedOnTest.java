package io.cruddur.obs.test;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is current goes to other threads with the work that is handed to them. */
@Timeout(60)
class HandedOnTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);

    @AfterEach
    void endPool() {
        pool.shutdownNow();
    }

    @Test
    void anExecutorServiceTakesTheTraceAlong() throws Exception {
        Obs obs = telemetry.obs();
        ExecutorService traced = obs.wrap((ExecutorService) pool);
        Callable<String> call = () -> obs.trace("called").call(() -> "result");
        obs.trace("root").run(() -> {
            assertThat(traced.submit(call).get()).isEqualTo("result");
            traced.submit(() -> obs.trace("run").run(() -> {})).get();
            assertThat(traced.submit(() -> obs.trace("with result").run(() -> {}), 7)
                            .get())
                    .isEqualTo(7);
            assertThat(traced.invokeAll(List.of(call, call)).get(1).get()).isEqualTo("result");
            assertThat(traced.invokeAll(List.of(call), 30, TimeUnit.SECONDS)).hasSize(1);
            assertThat(traced.invokeAny(List.of(call))).isEqualTo("result");
            assertThat(traced.invokeAny(List.of(call), 30, TimeUnit.SECONDS)).isEqualTo("result");
            var executed = new CountDownLatch(1);
            traced.execute(() -> {
                obs.trace("executed").run(() -> {});
                executed.countDown();
            });
            executed.await();
        });
        List<String> names =
                telemetry.trace().children().stream().map(CapturedSpan::name).toList();
        assertThat(names).contains("run", "with result", "executed");
        assertThat(names).filteredOn("called"::equals).hasSize(6);
    }

    @Test
    void aWrappedServiceIsTheOtherOnesLife() throws Exception {
        ExecutorService traced = telemetry.obs().wrap(Executors.newCachedThreadPool());
        assertThat(traced.isShutdown()).isFalse();
        traced.shutdown();
        assertThat(traced.isShutdown()).isTrue();
        assertThat(traced.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(traced.isTerminated()).isTrue();
        assertThat(traced.shutdownNow()).isEmpty();
    }

    @Test
    void aSchedulerTakesTheTraceAlongOnceButNotForEver() throws Exception {
        Obs obs = telemetry.obs();
        ScheduledExecutorService traced = obs.wrap(pool);
        var repeated = new CompletableFuture<TraceContext>();
        var afterwards = new CompletableFuture<TraceContext>();
        List<ScheduledFuture<?>> tasks = new ArrayList<>();
        obs.trace("root").run(() -> {
            Callable<String> call = () -> obs.trace("later").call(() -> "result");
            assertThat(traced.schedule(call, 1, TimeUnit.MILLISECONDS).get()).isEqualTo("result");
            traced.schedule(() -> obs.trace("later too").run(() -> {}), 1, TimeUnit.MILLISECONDS)
                    .get();
            tasks.add(traced.scheduleAtFixedRate(
                    () -> repeated.complete(obs.currentTraceContext()), 0, 1, TimeUnit.HOURS));
            tasks.add(traced.scheduleWithFixedDelay(
                    () -> afterwards.complete(obs.currentTraceContext()), 0, 1, TimeUnit.HOURS));
            assertThat(repeated.get().isValid()).isFalse();
            assertThat(afterwards.get().isValid()).isFalse();
        });
        tasks.forEach(task -> task.cancel(true));
        assertThat(telemetry.trace()).hasChildren("later", "later too");
    }

    @Test
    void theStagesOfACompletableFutureAreOfTheTraceInWhichTheyWereSetUp() throws Exception {
        Obs obs = telemetry.obs();
        try (Span root = obs.trace("root").start()) {
            CompletableFuture.supplyAsync(
                            obs.wrapSupplier(() -> obs.trace("supplied").call(() -> 1)), pool)
                    .thenApplyAsync(obs.wrapFunction(one -> obs.trace("applied").call(() -> one + 1)), pool)
                    .handleAsync(
                            obs.wrapBiFunction(
                                    (two, failure) -> obs.trace("handled").call(() -> two)),
                            pool)
                    .whenCompleteAsync(
                            obs.wrapBiConsumer(
                                    (two, failure) -> obs.trace("completed").run(() -> {})),
                            pool)
                    .thenAcceptAsync(
                            obs.wrapConsumer(two -> obs.trace("accepted").run(() -> {})), pool)
                    .thenRunAsync(obs.wrap(() -> obs.trace("run").run(() -> {})), pool)
                    .get();
            assertThat(root.isRecording()).isTrue();
        }
        assertThat(telemetry.trace()).hasChildren("supplied", "applied", "handled", "completed", "accepted", "run");
    }

    @Test
    void whereNothingIsCurrentTheTaskStaysAsItIs() {
        Runnable task = () -> {};
        assertThat(telemetry.obs().wrap(task)).isSameAs(task);
        assertThat(Obs.off().wrap(task)).isSameAs(task);
    }
}
