package io.cruddur.obs.spring.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.Obs;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

/** What tasks throw is reported, and goes where it goes in an application without this: the cases hold for both. */
class ReportingErrorHandlerTest {
    private final Obs obs = Obs.builder()
            .segmentDocuments(document -> {})
            .installLogAppender(false)
            .closeOnShutdown(false)
            .build();
    private final ReportingErrorHandler handler = new ReportingErrorHandler(() -> obs);
    private @Nullable ThreadPoolTaskScheduler pool;
    private @Nullable SimpleAsyncTaskScheduler simple;

    @AfterEach
    void close() {
        if (pool != null) {
            pool.shutdown();
        }
        if (simple != null) {
            simple.close();
        }
        obs.close();
    }

    private ThreadPoolTaskScheduler pool(boolean reporting) {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setTaskDecorator(new ContextPropagatingTaskDecorator());
        if (reporting) {
            scheduler.setErrorHandler(handler);
        }
        scheduler.initialize();
        pool = scheduler;
        return scheduler;
    }

    private SimpleAsyncTaskScheduler simple(boolean reporting) {
        var scheduler = new SimpleAsyncTaskScheduler();
        if (reporting) {
            scheduler.setErrorHandler(handler);
        }
        simple = scheduler;
        return scheduler;
    }

    private static <T> T fail() {
        throw new IllegalStateException("of a task");
    }

    private static void throwsToItsCaller(Future<?> task) {
        assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).hasRootCauseMessage("of a task");
    }

    private void areReported(boolean reporting, int atLeast) {
        if (reporting) {
            assertThat(obs.errorCounts().reported()).isGreaterThanOrEqualTo(atLeast);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsForATaskThatRunsOnceIsTold(boolean reporting) {
        ThreadPoolTaskScheduler scheduler = pool(reporting);
        throwsToItsCaller(scheduler.submit((Runnable) ReportingErrorHandlerTest::fail));
        throwsToItsCaller(scheduler.submit(() -> ReportingErrorHandlerTest.<String>fail()));
        throwsToItsCaller(scheduler.schedule(ReportingErrorHandlerTest::fail, Instant.now()));
        areReported(reporting, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void soIsWhoWaitsForOneOnAThreadOfItsOwn(boolean reporting) {
        SimpleAsyncTaskScheduler scheduler = simple(reporting);
        throwsToItsCaller(scheduler.submit((Runnable) ReportingErrorHandlerTest::fail));
        throwsToItsCaller(scheduler.submit(() -> ReportingErrorHandlerTest.<String>fail()));
        areReported(reporting, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTaskThatRepeatsGoesOn(boolean reporting) throws Exception {
        repeats(pool(reporting));
        repeats(simple(reporting));
        areReported(reporting, 2 * 3 * 2);
    }

    private static void repeats(TaskScheduler scheduler) throws InterruptedException {
        Duration soon = Duration.ofMillis(5);
        var thrice = new CountDownLatch(3);
        scheduler.scheduleAtFixedRate(() -> throwCounted(thrice), soon);
        assertThat(thrice.await(20, TimeUnit.SECONDS)).as("at a fixed rate").isTrue();
        var delayed = new CountDownLatch(3);
        scheduler.scheduleWithFixedDelay(() -> throwCounted(delayed), soon);
        assertThat(delayed.await(20, TimeUnit.SECONDS)).as("with a fixed delay").isTrue();
        var triggered = new CountDownLatch(3);
        scheduler.schedule(() -> throwCounted(triggered), new PeriodicTrigger(soon));
        assertThat(triggered.await(20, TimeUnit.SECONDS)).as("by a trigger").isTrue();
    }

    private static void throwCounted(CountDownLatch latch) {
        latch.countDown();
        fail();
    }
}
