package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.MdcKeys;
import io.cruddur.obs.trace.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What is current on a pool's threads, during tasks and after them, recorded or not. */
@Timeout(120)
class ThreadPoolTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int REQUESTS = 100;
    private static final int TASKS_A_REQUEST = 100;
    private static final int THREADS = 16;

    private DaemonReceiver daemon;

    @BeforeEach
    void start() throws Exception {
        daemon = new DaemonReceiver();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Obs obs(Sampler sampler) {
        return Obs.builder()
                .service("backend-flask")
                .xrayDaemon(daemon.address())
                .sampler(sampler)
                .mdc(true)
                .build();
    }

    @Test
    void tenThousandTasksLeaveEachThreadWithAnEmptyContext() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (Obs obs = obs(Sampler.always())) {
            runTasks(obs, pool);
            var all = new CyclicBarrier(THREADS);
            var probes = new ArrayList<Future<String>>();
            for (int i = 0; i < THREADS; i++) {
                probes.add(pool.submit(() -> {
                    // Nobody goes on before each thread of the pool has a probe.
                    all.await(20, TimeUnit.SECONDS);
                    return Frame.current() + " " + MDC.get(MdcKeys.TRACE_ID);
                }));
            }
            for (Future<String> probe : probes) {
                assertThat(probe.get()).isEqualTo("null null");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void tenThousandVirtualThreadsToo() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
        var pool = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (Obs obs = obs(Sampler.always())) {
            runTasks(obs, pool);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Some tasks leave a span open, of their request or of a trace of their own. */
    private static void runTasks(Obs obs, ExecutorService pool) throws Exception {
        var atHome = new AtomicInteger();
        var leftOver = new AtomicInteger();
        var tasks = new ArrayList<Future<?>>();
        for (int r = 0; r < REQUESTS; r++) {
            try (Span request = obs.trace("request").start()) {
                String traceId = request.context().xrayTraceId();
                for (int t = 0; t < TASKS_A_REQUEST; t++) {
                    int number = t;
                    Runnable wrapped = obs.wrap((Runnable) () -> {
                        if (obs.currentTraceContext().xrayTraceId().equals(traceId)) {
                            atHome.incrementAndGet();
                        }
                        task(obs, number);
                    });
                    tasks.add(pool.submit(() -> {
                        wrapped.run();
                        if (Frame.current() != null || MDC.get(MdcKeys.TRACE_ID) != null) {
                            leftOver.incrementAndGet();
                        }
                    }));
                }
            }
        }
        for (Future<?> task : tasks) {
            task.get();
        }
        assertThat(atHome).hasValue(REQUESTS * TASKS_A_REQUEST);
        assertThat(leftOver).hasValue(0);
        assertThat(obs.currentTraceContext().isValid()).isFalse();
        assertThat(obs.openRoots()).contains("request", "of its own");
        obs.close();
        assertThat(obs.openRoots()).isEmpty();
        assertThat(obs.report().isBalanced()).isTrue();
        assertThat(obs.report().sinks().get(0).pending()).isZero();
    }

    @SuppressWarnings("CheckReturnValue")
    private static void task(Obs obs, int number) {
        if (number % 20 == 0) {
            obs.trace("left open").start();
        } else if (number % 20 == 1) {
            obs.trace("of its own").newTrace().start();
            obs.trace("below it").start();
        } else {
            obs.trace("task").run(() -> {});
        }
    }

    @Test
    void anUnsampledRequestLeavesNoTraceButARealIdInTheLog() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(ThreadPoolTest.class);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Obs obs = obs(Sampler.never())) {
            Span request = obs.trace("request").start();
            String traceId = request.context().traceId();
            String xrayTraceId = request.context().xrayTraceId();
            logger.info("in the request");
            obs.trace("child").run(() -> logger.info("in a child"));
            pool.submit(obs.wrap((Runnable) () -> logger.info("in a task"))).get();
            request.close();
            logger.info("after it");
            assertThat(xrayTraceId).matches("1-[0-9a-f]{8}-[0-9a-f]{24}").doesNotContain("00000000");
            List<ILoggingEvent> events = List.copyOf(appender.list);
            assertThat(events.subList(0, 3))
                    .allSatisfy(event -> assertThat(event.getMDCPropertyMap())
                            .containsEntry(MdcKeys.TRACE_ID, traceId)
                            .containsEntry(MdcKeys.XRAY_TRACE_ID, xrayTraceId));
            assertThat(events.get(3).getMDCPropertyMap()).doesNotContainKey(MdcKeys.TRACE_ID);
            assertThat(obs.flush(SOON).sinks().get(0).accepted()).isZero();
            assertThat(daemon.isEmpty()).isTrue();
        } finally {
            logger.detachAppender(appender);
            pool.shutdownNow();
        }
    }
}
