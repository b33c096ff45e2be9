package io.cruddur.obs.kill;

import ch.qos.logback.classic.LoggerContext;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs to a service that never answers, and says what that cost: the calls, the heap, the disk. */
final class StalledApplication {
    private static final int ROUNDS = 10;
    private static final int FILLING = 1_000;
    private static final int LOOKS = 5;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final Duration ATTEMPT = Duration.ofSeconds(1);

    private StalledApplication() {}

    /** The endpoint, the spool's directory, its most bytes, and how many events. */
    public static void main(String[] args) throws Exception {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .detachAndStopAllAppenders();
        Path spool = Path.of(args[1]);
        int events = Integer.parseInt(args[3]);
        Obs obs = Obs.builder()
                .service("stalled")
                .logGroup("stalled")
                .region("eu-central-1")
                .cloudWatchEndpoint(URI.create(args[0]))
                .anonymousAws(true)
                .delivery(delivery -> delivery.spool(SpoolMode.OVERFLOW)
                        .spoolDirectory(spool)
                        .spoolMaxBytes(Long.parseLong(args[2]))
                        .attemptTimeout(ATTEMPT))
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
        Logger log = obs.log(StalledApplication.class);
        int filled = fill(obs, log);
        int[] micros = new int[events];
        for (int i = 0; i < events; i++) {
            long start = System.nanoTime();
            log.info("user {} reads {} activities of {}", "andrewbrown", i, "/api/activities/home");
            micros[i] = (int) Math.min(Integer.MAX_VALUE, (System.nanoTime() - start) / 1_000);
            if ((i + 1) % (events / ROUNDS) == 0) {
                settle(obs);
                System.out.println("heap " + heap() + " disk " + bytes(spool));
            }
        }
        Arrays.sort(micros);
        System.out.println("p50 " + micros[events / 2] + " p99 " + micros[events - events / 100] + " p99.9 "
                + micros[events - events / 1_000] + " max " + micros[events - 1]);
        obs.close();
        DeliveryReport.Sink logs = obs.report().sinks().get(0);
        System.out.println(logs);
        System.out.println("balanced " + logs.isBalanced() + " accepted " + (logs.accepted() - filled));
        Runtime.getRuntime().halt(0);
    }

    /** Logs until disk and memory hold all that they may, so that what the heap has then is all that it should ever have. */
    private static int fill(Obs obs, Logger log) {
        int filled = 0;
        while (!obs.report().sinks().get(0).lost().containsKey("spool_full")) {
            for (int i = 0; i < FILLING; i++) {
                log.info("user {} reads {} activities of {}", "andrewbrown", filled++, "/api/activities/home");
            }
            settle(obs);
        }
        return filled;
    }

    /** Returns when the queue is empty: nothing moves then but what the service is asked to take. */
    private static void settle(Obs obs) {
        DeliveryReport.Sink seen = obs.report().sinks().get(0);
        for (int same = 0; same < LOOKS; same++) {
            LockSupport.parkNanos(1_000_000);
            DeliveryReport.Sink now = obs.report().sinks().get(0);
            same = now.equals(seen) ? same : -1;
            seen = now;
        }
    }

    /**
     * What stays after a collection: the least of those that an attempt and what comes after it may take, for the attempt
     * itself holds its batch once more.
     */
    private static long heap() {
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + ATTEMPT.multipliedBy(2).toNanos();
        do {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() - end < 0);
        return least;
    }

    private static long bytes(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        }
    }
}
