package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * 200,000 events of four threads, and with {@code mvn verify -Pthorough} 1,000,000, from the logger to a service that
 * enforces every limit.
 */
class ShipmentTest {
    private static final int THREADS = 4;
    private static final int EVENTS = Boolean.getBoolean("thorough") ? 1_000_000 : 200_000;
    /** Below the queue's bound: this is about what is sent, not about what is dropped when nobody can keep up. */
    private static final int MOST_WAITING = 8_000;

    private static final Pattern MARK = Pattern.compile("#(\\d+):(\\d+)#");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private @Nullable Appender<ILoggingEvent> console;
    private OwnLines lines;

    @BeforeEach
    void quiet() {
        lines = new OwnLines("app");
        console = root.getAppender("CONSOLE");
        root.detachAppender("CONSOLE");
    }

    @AfterEach
    void loud() {
        lines.close();
        if (console != null) {
            root.addAppender(console);
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nothingIsRefusedNothingLostAndEachThreadsOrderKept() throws Exception {
        int[] next = new int[THREADS];
        var disorder = new ConcurrentLinkedQueue<String>();
        // One stream and one connection: its thread alone comes here.
        try (var service = LogsReceiver.handingTo(event -> {
            Matcher mark = MARK.matcher(event.message());
            if (!mark.find() || next[Integer.parseInt(mark.group(1))]++ != Integer.parseInt(mark.group(2))) {
                disorder.add(event.message());
            }
        })) {
            try (Obs obs = Obs.builder()
                    .service("backend-flask")
                    .logGroup("cruddur")
                    .region("eu-central-1")
                    .cloudWatchEndpoint(service.endpoint())
                    .anonymousAws(true)
                    .build()) {
                long start = System.nanoTime();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    int number = i;
                    threads.add(new Thread(() -> log(obs, number)));
                }
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }
                DeliveryReport.Sink sink =
                        obs.flush(Duration.ofMinutes(2)).sinks().get(0);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "Shipment: %s, %.0f events/s with their threads, calls %d%n",
                        sink, EVENTS / seconds, service.calls("PutLogEvents"));
                assertThat(sink.accepted()).isEqualTo(EVENTS);
                assertThat(sink.delivered()).isEqualTo(EVENTS);
                assertThat(sink.lost()).isEmpty();
            }
            assertThat(service.count()).isEqualTo(EVENTS);
            assertThat(disorder).isEmpty();
            assertThat(service.refusals()).isEmpty();
        }
    }

    private static void log(Obs obs, int number) {
        org.slf4j.Logger log = LoggerFactory.getLogger("app.Home" + number);
        for (int i = 0; i < EVENTS / THREADS; i++) {
            while (i % 100 == 0 && obs.report().sinks().get(0).pending() > MOST_WAITING) {
                LockSupport.parkNanos(100_000);
            }
            log.info("#{}:{}# served the activities of the home page", number, i);
        }
    }
}
