package io.cruddur.obs.benchmarks.peer;

import com.rollbar.notifier.Rollbar;
import com.rollbar.notifier.config.ConfigBuilder;
import com.sun.net.httpserver.HttpServer;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.sentry.Sentry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Errors reported to a service on the loopback that takes everything, in a process with 500 live threads. */
@State(Scope.Benchmark)
public abstract class ErrorReports {
    /** Errors of one turn. */
    public static final int ERRORS = 10;

    /** As Rollbar's: its own client looks for the uuid. */
    private static final String ANSWER = "{\"err\": 0, \"result\": {\"id\": null, \"uuid\": \"0\"}}";

    private static final int THREADS = 500;
    /** Frames between the request and the failure, as in an application on a framework. */
    private static final int DEPTH = 40;

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @SuppressWarnings("NullAway.Init")
    private HttpServer service;

    private RuntimeException[] thrown = new RuntimeException[0];
    private long number;

    @Setup
    public void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            try (exchange) {
                bytes.addAndGet(exchange.getRequestBody().readAllBytes().length);
                arrived.incrementAndGet();
                byte[] answer = ANSWER.getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        service.start();
        for (int i = 0; i < THREADS; i++) {
            var thread = new Thread(this::live);
            thread.setDaemon(true);
            thread.start();
        }
        open("http://127.0.0.1:" + service.getAddress().getPort());
    }

    private void live() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next turn's exceptions: to make them is the application's own cost. */
    @Setup(Level.Invocation)
    public void fail() {
        settle();
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = 0; i < ERRORS; i++) {
            failures.add(failure(DEPTH));
        }
        thrown = failures.toArray(RuntimeException[]::new);
    }

    private static RuntimeException failure(int depth) {
        return depth == 0 ? new IllegalStateException("no such bean") : failure(depth - 1);
    }

    /** Reports a turn's exceptions, each as one of its kind. */
    public void reportEach() {
        for (RuntimeException e : thrown) {
            report(e, number++);
        }
    }

    /** Reports them as what they are: the same failure again and again. */
    public void reportStorm() {
        for (RuntimeException e : thrown) {
            reportAgain(e);
        }
    }

    long arrived() {
        return arrived.get();
    }

    @TearDown
    public void stop() throws IOException {
        settle();
        close();
        long items = arrived.get();
        System.out.println(items + " items arrived, of " + (items == 0 ? 0 : bytes.get() / items) + " bytes each");
        service.stop(0);
        end.countDown();
    }

    abstract void open(String address) throws IOException;

    abstract void report(RuntimeException e, long number);

    abstract void reportAgain(RuntimeException e);

    /** Lets what was reported arrive, so that no queue is full in the next turn. */
    abstract void settle();

    abstract void close();

    /** Ours. */
    public static class Ours extends ErrorReports {
        private Obs obs = Obs.off();

        @Override
        void open(String address) {
            obs = Obs.builder()
                    .rollbarToken("benchmark")
                    .rollbarEndpoint(URI.create(address + "/api/1/item/"))
                    .delivery(delivery -> delivery.spool(SpoolMode.OFF))
                    .installLogAppender(false)
                    .closeOnShutdown(false)
                    .build();
        }

        @Override
        void report(RuntimeException e, long number) {
            obs.error(e).fingerprint("kind " + number).report();
        }

        @Override
        void reportAgain(RuntimeException e) {
            obs.error(e).report();
        }

        @Override
        void settle() {
            obs.flush(Duration.ofSeconds(20));
        }

        @Override
        void close() {
            System.out.println(obs.errorCounts());
            obs.close();
        }
    }

    /** rollbar-java as it ships, but for the address. */
    public static class RollbarJava extends ErrorReports {
        @SuppressWarnings("NullAway.Init")
        private Rollbar rollbar;

        @Override
        void open(String address) {
            rollbar = new Rollbar(ConfigBuilder.withAccessToken("benchmark")
                    .endpoint(address + "/api/1/item/")
                    .environment("production")
                    .handleUncaughtErrors(false)
                    .build());
        }

        @Override
        void report(RuntimeException e, long number) {
            rollbar.error(e);
        }

        @Override
        void reportAgain(RuntimeException e) {
            rollbar.error(e);
        }

        @Override
        void settle() {
            // It sends on its own threads and says nothing of its queue; a turn is small.
        }

        @Override
        void close() {
            try {
                rollbar.close(true);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Sentry's SDK as it ships, but for the address. */
    public static class SentrySdk extends ErrorReports {
        @Override
        void open(String address) {
            Sentry.init(options -> {
                options.setDsn(address.replace("http://", "http://key@") + "/1");
                options.setEnableUncaughtExceptionHandler(false);
            });
        }

        @Override
        void report(RuntimeException e, long number) {
            Sentry.captureException(e);
        }

        @Override
        void reportAgain(RuntimeException e) {
            Sentry.captureException(e);
        }

        @Override
        void settle() {
            Sentry.flush(20_000);
        }

        @Override
        void close() {
            Sentry.close();
        }
    }
}
