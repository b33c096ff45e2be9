package io.cruddur.obs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryOptions;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.delivery.SpoolMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every sink must keep, over real sockets. Inherited by the tests of each: they say how a record is made and where it
 * arrives.
 */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SinkContract {
    static final Duration SOON = Duration.ofSeconds(30);
    /** For a service that answers: that it is late says something of the machine alone, and has a record sent again. */
    static final Duration PATIENT = Duration.ofSeconds(10);
    /** For one that does not. */
    static final Duration IMPATIENT = Duration.ofMillis(400);

    private final List<Obs> running = new ArrayList<>();
    private Path spool;

    /** The name in the report. */
    protected abstract String sink();

    /** A stand-in for the service that takes everything, and the way to it; new ones for each test. */
    abstract void startService() throws IOException;

    /** The service stays where it is, and does nothing any more. */
    abstract void silenceService() throws IOException;

    /** Ends both; nobody is there any more. */
    abstract void stopService() throws IOException;

    /** The port at which the service is reached. */
    abstract int port();

    /** A record at its service. */
    protected record Arrival(String id, String text) {}

    /** The records that came to the stand-in, in their order, and those twice that came twice. */
    protected abstract List<Arrival> arrivals();

    /** Sends to the service at the given port of the loopback address. */
    protected abstract ObsBuilder sendingTo(int port);

    /** Starts one that gives a call so long. */
    protected Obs open(int port, Duration attempt, Consumer<DeliveryOptions> delivery) {
        return sendingTo(port)
                .delivery(delivery)
                .delivery(options -> options.attemptTimeout(attempt))
                .shutdownTimeout(Duration.ofMillis(100))
                .closeOnShutdown(false)
                .build();
    }

    /** Makes one record. */
    protected abstract void record(Obs obs, String text);

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        spool = directory;
        startService();
    }

    @AfterEach
    void stop() throws IOException {
        silenceService();
        running.forEach(Obs::close);
        running.forEach(obs ->
                assertThat(obs.report().isBalanced()).as("%s", obs.report()).isTrue());
        running.clear();
        stopService();
    }

    Obs obs(Duration attempt, Consumer<DeliveryOptions> delivery) {
        Obs obs = open(port(), attempt, options -> {
            options.spoolDirectory(spool);
            delivery.accept(options);
        });
        running.add(obs);
        return obs;
    }

    Obs inMemory(Duration attempt) {
        return obs(attempt, delivery -> delivery.spool(SpoolMode.OFF));
    }

    Path spool() {
        return spool;
    }

    /** The texts of all that came, in their order. */
    List<String> came() {
        return arrivals().stream().map(Arrival::text).toList();
    }

    /**
     * The same, without what a call brought whose answer was late, and another call again: a service that knows a record
     * by its id has it once.
     */
    List<String> arrived() {
        var byId = new LinkedHashMap<String, String>();
        arrivals().forEach(arrival -> byId.putIfAbsent(arrival.id(), arrival.text()));
        return List.copyOf(byId.values());
    }

    DeliveryReport.Sink report(Obs obs) {
        DeliveryReport.Sink report = obs.report().sinks().stream()
                .filter(s -> s.name().equals(sink()))
                .findFirst()
                .orElseThrow();
        assertThat(report.isBalanced()).isTrue();
        return report;
    }

    List<String> recordSome(Obs obs, int from, int to) {
        List<String> texts =
                IntStream.range(from, to).mapToObj(i -> "record " + i).toList();
        texts.forEach(text -> record(obs, text));
        return texts;
    }

    @Test
    void whatIsAcceptedArrivesOnceAndInItsOrder() {
        Obs obs = inMemory(PATIENT);
        List<String> texts = recordSome(obs, 0, 50);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(came()).isEqualTo(texts));
    }

    @Test
    void whatSeveralThreadsHandOverAllArrives() throws InterruptedException {
        Obs obs = inMemory(PATIENT);
        var go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    recordSome(obs, 100 * thread, 100 * thread + 50);
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(report(obs).delivered()).isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(came()).hasSize(200).doesNotHaveDuplicates());
    }

    @Test
    void theApplicationIsNotHeldUpByAServiceThatIsSilent() throws IOException {
        silenceService();
        Obs obs = inMemory(IMPATIENT);
        // Not a measure of time: these would never come back if one of them waited for the service.
        recordSome(obs, 0, 500);
        assertThat(report(obs).accepted()).isEqualTo(500);
    }

    @Test
    void whatComesAfterTheEndIsNotTakenOrCounted() {
        Obs obs = inMemory(PATIENT);
        recordSome(obs, 0, 3);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        obs.close();
        recordSome(obs, 3, 5);
        assertThat(report(obs).delivered()).isEqualTo(3);
        // Lines are not taken any more, for there is nobody who would; the others are taken and lost.
        assertThat(report(obs).lostTotal())
                .isEqualTo(report(obs).accepted() - 3)
                .isEqualTo(report(obs).lost().getOrDefault("closed", 0L));
    }
}
