package io.cruddur.obs.kill;

import ch.qos.logback.classic.LoggerContext;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs some 12,000 lines a second, until somebody ends it. */
final class KilledApplication {
    private static final int BURST = 25;
    private static final int MOST_WAITING = 6_000;
    /** So that fifty of them leave no more than the test can keep in mind. */
    private static final long PAUSE_NANOS = 4_000_000;

    private KilledApplication() {}

    /** The endpoint, the spool's directory, the mode, the run, and the files of accepted times and of stalls. */
    public static void main(String[] args) throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        Obs obs = start(URI.create(args[0]), Path.of(args[1]), SpoolMode.valueOf(args[2]), args[3]);
        var accepted = new Accepted(Path.of(args[4]));
        new Stalls(Path.of(args[5])).watch("cruddur-obs-cloudwatch-intake");
        for (int thread = 0; thread < Accepted.THREADS; thread++) {
            int number = thread;
            new Thread(() -> log(obs, accepted, args[3], number)).start();
        }
    }

    /** Its stream is named after the run, so that it is known who has sent a record. */
    static Obs start(URI endpoint, Path spool, SpoolMode mode, String run) {
        return Obs.builder()
                .service("killed")
                .logGroup("killed")
                .logStream(run)
                .region("eu-central-1")
                .cloudWatchEndpoint(endpoint)
                .anonymousAws(true)
                .delivery(delivery -> delivery.spool(mode)
                        .spoolDirectory(spool)
                        // What many of them leave one after the other; beyond the bound it would wait in memory.
                        .spoolMaxBytes(4L << 30)
                        .attemptTimeout(Duration.ofSeconds(1)))
                .build();
    }

    private static void log(Obs obs, Accepted accepted, String run, int thread) {
        Logger log = obs.log(KilledApplication.class);
        for (int i = 0; i < Accepted.MOST; i++) {
            log.info("{}:{}:{}", run, thread, i);
            accepted.at(thread, i, System.currentTimeMillis());
            if (i % BURST == 0) {
                do {
                    LockSupport.parkNanos(PAUSE_NANOS);
                } while (inMemory(obs) > MOST_WAITING);
            }
        }
    }

    private static long inMemory(Obs obs) {
        var logs = obs.report().sinks().get(0);
        return logs.pending() - logs.spooled();
    }
}
