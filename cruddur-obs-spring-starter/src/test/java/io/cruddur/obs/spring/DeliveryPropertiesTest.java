package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The properties of delivery, by what becomes of errors whose service takes the call and never answers. */
@Timeout(60)
class DeliveryPropertiesTest {
    private final Path spool;
    private ServerSocket hanging;
    private ApplicationContextRunner runner;

    DeliveryPropertiesTest(@TempDir Path directory) {
        spool = directory.resolve("spool");
    }

    @BeforeEach
    void aServiceThatHangs() throws IOException {
        hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        hanging.setSoTimeout(30_000);
        runner = Runners.plain()
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.service=backend-flask",
                        "cruddur.obs.trace.sampler=never",
                        "cruddur.obs.logs.enabled=false",
                        "cruddur.obs.errors.access-token=test",
                        "cruddur.obs.errors.endpoint=http://127.0.0.1:" + hanging.getLocalPort() + "/",
                        "cruddur.obs.delivery.attempt-timeout=1h",
                        "cruddur.obs.delivery.shutdown-timeout=0s",
                        "cruddur.obs.delivery.spool.directory=" + spool);
    }

    @AfterEach
    void end() throws IOException {
        hanging.close();
    }

    private static DeliveryReport.Sink errors(Obs obs) {
        return obs.report().sinks().get(0);
    }

    private boolean isOnDisk() throws IOException {
        if (!Files.exists(spool)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(spool)) {
            return files.anyMatch(file -> file.toString().endsWith(".seg"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // while the call is under way, after the end
        "off,         0, false",
        "overflow,    0, true",
        "write-ahead, 1, true",
    })
    void spoolModeAndDirectory(String mode, long spooled, boolean kept) throws IOException {
        runner.withPropertyValues("cruddur.obs.delivery.spool.mode=" + mode).run(context -> {
            Obs obs = context.getBean(Obs.class);
            obs.error("never taken").report();
            try (Socket call = hanging.accept()) {
                assertThat(call.isConnected()).isTrue();
                await().untilAsserted(() -> assertThat(errors(obs).spooled()).isEqualTo(spooled));
                assertThat(isOnDisk()).isEqualTo(spooled > 0);
            }
        });
        assertThat(isOnDisk()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"1MB, false", "256MB, true"})
    void spoolMaxSize(String size, boolean holdsAll) {
        runner.withPropertyValues(
                        "cruddur.obs.delivery.spool.mode=write-ahead", "cruddur.obs.delivery.spool.max-size=" + size)
                .run(context -> {
                    Obs obs = context.getBean(Obs.class);
                    IntStream.range(0, 200)
                            .forEach(i -> obs.error("e".repeat(20_000))
                                    .fingerprint("kind " + i)
                                    .report());
                    await().untilAsserted(() -> {
                        assertThat(errors(obs).spooled() == 200).isEqualTo(holdsAll);
                        assertThat(errors(obs).spoolRefusals() == 0).isEqualTo(holdsAll);
                    });
                });
    }

    @ParameterizedTest
    @CsvSource({"1ms, expired", "13d, "})
    void spoolMaxAge(String age, @Nullable String lostAs) {
        ApplicationContextRunner spooling = runner.withPropertyValues("cruddur.obs.delivery.spool.mode=write-ahead");
        // Without the age: the first run might take long enough to find its own record too old.
        spooling.run(context -> context.getBean(Obs.class).error("from before").report());
        spooling.withPropertyValues("cruddur.obs.delivery.spool.max-age=" + age).run(context -> {
            Obs obs = context.getBean(Obs.class);
            if (lostAs == null) {
                try (Socket call = hanging.accept()) {
                    assertThat(call.isConnected()).isTrue();
                    assertThat(errors(obs).lost()).isEmpty();
                }
            } else {
                await().untilAsserted(() -> assertThat(errors(obs).lost()).containsEntry(lostAs, 1L));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1ms, true", "10m, false"})
    void retryDeadline(String deadline, boolean isLost) {
        runner.withPropertyValues(
                        "cruddur.obs.delivery.spool.mode=off", "cruddur.obs.delivery.retry-deadline=" + deadline)
                .run(context -> {
                    Obs obs = context.getBean(Obs.class);
                    obs.error("never taken").report();
                    hanging.accept().close();
                    if (isLost) {
                        await().untilAsserted(
                                        () -> assertThat(errors(obs).lost()).containsEntry("retry_deadline", 1L));
                    } else {
                        hanging.accept().close();
                        assertThat(errors(obs).lost()).isEmpty();
                    }
                });
    }

    @Test
    void attemptTimeout() {
        runner.withPropertyValues("cruddur.obs.delivery.spool.mode=off", "cruddur.obs.delivery.attempt-timeout=50ms")
                .run(context -> {
                    context.getBean(Obs.class).error("never taken").report();
                    try (Socket call = hanging.accept();
                            Socket next = hanging.accept()) {
                        assertThat(Arrays.asList(call, next))
                                .as("calls, of which the first would have lasted an hour")
                                .allMatch(Socket::isConnected);
                    }
                });
    }
}
