package io.cruddur.obs.benchmarks.peer;

import ca.pjer.logback.AwsLogsAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log events on their way to a strict service on the loopback. */
@State(Scope.Benchmark)
public abstract class LogShipping {
    /** Events of one turn. */
    public static final int EVENTS = 1_000;

    private static final int AHEAD = 14_000;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger log = context.getLogger("io.cruddur.backend.activities.HomeActivities");
    LogsReceiver receiver;
    private long logged;

    @Setup
    public void start() throws IOException {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(Level.INFO);
        receiver = LogsReceiver.counting();
        open(root);
    }

    @TearDown
    public void stop() throws IOException {
        close();
        System.out.println(receiver.count() + " events arrived, refused: " + receiver.refusals());
        receiver.close();
    }

    /**
     * Logs a turn's events, and waits if too many have not arrived yet: fewer than the peer's queue takes before it throws
     * away what is not at least a warning, and enough for a full batch of either.
     */
    public void ship() {
        for (int i = 0; i < EVENTS; i++) {
            log.info("user {} reads {} activities of {} in {} ms", "andrewbrown", i, "/api/activities/home", 17);
        }
        logged += EVENTS;
        while (logged - receiver.count() > AHEAD) {
            LockSupport.parkNanos(100_000);
        }
    }

    abstract void open(ch.qos.logback.classic.Logger root) throws IOException;

    abstract void close();

    /** Ours: structured lines of about 340 bytes. */
    public static class Ours extends LogShipping {
        private Obs obs = Obs.off();

        @Override
        void open(ch.qos.logback.classic.Logger root) throws IOException {
            Path spool = Files.createTempDirectory("spool");
            obs = Obs.builder()
                    .service("benchmark")
                    .logGroup("benchmark")
                    .region("eu-central-1")
                    .cloudWatchEndpoint(receiver.endpoint())
                    .anonymousAws(true)
                    .delivery(delivery -> delivery.spool(mode()).spoolDirectory(spool))
                    .closeOnShutdown(false)
                    .build();
        }

        SpoolMode mode() {
            return SpoolMode.OVERFLOW;
        }

        @Override
        void close() {
            System.out.println(obs.flush(Duration.ofSeconds(20)));
            obs.close();
        }
    }

    /** The same, each record on disk before it is sent. */
    public static class OursWriteAhead extends Ours {
        @Override
        SpoolMode mode() {
            return SpoolMode.WRITE_AHEAD;
        }
    }

    /** The appender that most use, as it ships: plain lines of about 170 bytes. */
    public static class LogbackAwslogs extends LogShipping {
        private final AwsLogsAppender appender = new AwsLogsAppender();

        @Override
        void open(ch.qos.logback.classic.Logger root) {
            var layout = new PatternLayout();
            layout.setContext(root.getLoggerContext());
            layout.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} [%thread] %-5level %logger - %msg%n");
            layout.start();
            appender.setContext(root.getLoggerContext());
            appender.setLayout(layout);
            appender.setLogGroupName("benchmark");
            appender.setLogStreamName("stream");
            appender.setLogRegion("eu-central-1");
            appender.setCloudWatchEndpoint(receiver.endpoint().toString());
            appender.setAccessKeyId("local");
            appender.setSecretAccessKey("local");
            appender.setMaxBatchLogEvents(10_000);
            appender.setMaxFlushTimeMillis(1_000);
            appender.start();
            root.addAppender(appender);
        }

        @Override
        void close() {
            appender.stop();
        }
    }
}
