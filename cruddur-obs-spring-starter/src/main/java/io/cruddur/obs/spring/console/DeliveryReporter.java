package io.cruddur.obs.spring.console;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.ObsLifecycle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the console once a second what became of everything, and once more after {@link Obs} has closed. A console that
 * does not answer changes nothing here.
 */
final class DeliveryReporter implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryReporter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** No later report mends the last one. A console that has gone refuses at once, and costs none of this. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final Obs obs;
    private final URI address;
    private volatile @Nullable Running running;

    DeliveryReporter(Obs obs, int port) {
        this.obs = obs;
        this.address = URI.create("http://127.0.0.1:" + port + "/api/delivery");
    }

    @Override
    public void start() {
        var started = new Running();
        running = started;
        started.thread.start();
    }

    @Override
    public void stop() {
        Running stopping = running;
        running = null;
        if (stopping != null) {
            stopping.end();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Stops after {@link Obs}, so that the last report is the final one. */
    @Override
    public int getPhase() {
        return ObsLifecycle.PHASE - 1;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** From a start to a stop. */
    private final class Running {
        private final CountDownLatch ending = new CountDownLatch(1);
        private final Thread thread = new Thread(this::report, "cruddur-obs-delivery-report");

        Running() {
            thread.setDaemon(true);
        }

        private void report() {
            // Made here: it takes longer than a start should wait.
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            try {
                do {
                    post(client, PATIENCE);
                } while (!ending.await(1, TimeUnit.SECONDS));
                post(client, LAST_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void post(HttpClient client, Duration patience) throws InterruptedException {
            try {
                var request = HttpRequest.newBuilder(address)
                        .timeout(patience)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(LawDocument.of(obs, Instant.now())))
                        .build();
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException | RuntimeException e) {
                LOG.debug("The console did not take the delivery report", e);
            }
        }

        void end() {
            ending.countDown();
            try {
                thread.join(PATIENCE.plus(LAST_PATIENCE).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
