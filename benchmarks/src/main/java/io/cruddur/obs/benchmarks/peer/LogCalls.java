package io.cruddur.obs.benchmarks.peer;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.slf4j.LoggerFactory;

/**
 * Lines through Logback to one appender whose queue has room for them, so that what is measured is a hand-over that
 * succeeds. What takes them from there stands still meanwhile; ours goes on encoding, on another core if there is one.
 */
@State(Scope.Benchmark)
public abstract class LogCalls {
    /** Fewer than any queue here has room for. */
    public static final int LINES = 8_192;

    private Logger log;
    private Logger root;

    /** Adds what is measured to the root logger. */
    abstract void attach(LoggerContext context, Logger root) throws IOException;

    /** Ends what was started. */
    abstract void detach();

    @Setup
    public void start() throws IOException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(ch.qos.logback.classic.Level.INFO);
        attach(context, root);
        log = context.getLogger("app.Home");
    }

    @TearDown
    public void stop() {
        detach();
        root.detachAndStopAllAppenders();
    }

    /** Empties the queue and has nobody take from it. */
    @Setup(Level.Invocation)
    public void makeRoom() throws InterruptedException {
        hold();
    }

    void hold() throws InterruptedException {
        // There may be no queue.
    }

    /** As many lines as that. */
    public void lines() {
        for (int i = 0; i < LINES; i++) {
            line();
        }
    }

    /** The line. */
    public void line() {
        log.info("served {} in {} ms", "/api/activities/home", 12);
    }

    static void add(LoggerContext context, Logger root, Appender<ILoggingEvent> appender) {
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
    }

    /** The base line: the message is rendered, and that is all. */
    public static class Rendered extends LogCalls {
        @Override
        void attach(LoggerContext context, Logger root) {
            add(context, root, new Nop());
        }

        @Override
        void detach() {
            // Nothing was started.
        }
    }

    /** Ours, to a stand-in for CloudWatch Logs. */
    public static class Shipped extends LogCalls {
        @SuppressWarnings("NullAway.Init") // by attach, which comes first
        private StallingService service;

        @SuppressWarnings("NullAway.Init")
        private Obs obs;

        @Override
        void attach(LoggerContext context, Logger root) throws IOException {
            service = new StallingService();
            obs = Obs.builder()
                    .service("benchmark")
                    .sampler(Sampler.never())
                    .logGroup("benchmark")
                    .region("eu-central-1")
                    .cloudWatchEndpoint(service.address())
                    .anonymousAws(true)
                    .closeOnShutdown(false)
                    .shutdownTimeout(Duration.ofSeconds(1))
                    .build();
        }

        @Override
        void hold() throws InterruptedException {
            service.goOn();
            obs.flush(Duration.ofSeconds(4));
            service.stall();
            line();
            // Sends it now; the sink waits for its answer from then on.
            obs.flush(Duration.ofMillis(1));
            service.awaitCaller();
        }

        @Override
        void detach() {
            service.goOn();
            obs.flush(Duration.ofSeconds(4));
            System.out.println(obs.report());
            obs.close();
            service.close();
        }

        /** A span that stays current until it is closed. */
        public Span span() {
            return obs.trace("request").start();
        }
    }

    /** Logback's own queue in front of the base line; it drops what it has no room for. */
    public static class Async extends LogCalls {
        private final Semaphore gate = new Semaphore(0);

        @SuppressWarnings("NullAway.Init") // by attach, which comes first
        private AsyncAppender async;

        @Override
        void attach(LoggerContext context, Logger root) {
            var held = new Nop() {
                @Override
                protected void append(ILoggingEvent event) {
                    gate.acquireUninterruptibly();
                    gate.release();
                }
            };
            held.setContext(context);
            held.start();
            async = new AsyncAppender();
            async.setNeverBlock(true);
            async.setQueueSize(2 * LINES);
            // Its worker takes all that is there at once; what it drops below a fifth of room is not what is measured.
            async.setDiscardingThreshold(0);
            async.addAppender(held);
            add(context, root, async);
        }

        @Override
        void hold() throws InterruptedException {
            gate.release();
            while (async.getNumberOfElementsInQueue() > 0) {
                Thread.onSpinWait();
            }
            gate.acquire();
        }

        @Override
        void detach() {
            gate.release(2);
        }
    }

    private static class Nop extends UnsynchronizedAppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            event.getFormattedMessage();
        }
    }
}
