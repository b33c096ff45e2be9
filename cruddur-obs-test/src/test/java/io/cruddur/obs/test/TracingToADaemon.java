package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Recording, with a daemon at the other end of a real socket. */
@Timeout(60)
abstract class TracingToADaemon {
    static final Duration SOON = Duration.ofSeconds(20);

    DaemonReceiver daemon;
    Obs obs;

    @BeforeEach
    void start() throws IOException {
        daemon = new DaemonReceiver();
        obs = Obs.builder()
                .service("backend-flask")
                .xrayDaemon(daemon.address())
                .build();
    }

    @AfterEach
    void stop() {
        assertThat(obs.currentTraceContext().isValid())
                .as("a span was left current")
                .isFalse();
        obs.close();
        assertThat(obs.report().isBalanced()).isTrue();
        daemon.close();
    }
}
