package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Law;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NobodyListensTest {

    @Test
    void theApplicationAnswersAsEverAndTheLawCountsIt() throws Exception {
        try (var deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            // Keeps the port from others; connected to itself, it takes nothing from anybody else.
            deaf.connect(deaf.getLocalSocketAddress());
            Map<String, String> environment = Map.of(
                    "AWS_XRAY_DAEMON_ADDRESS",
                    "127.0.0.1:" + deaf.getLocalPort(),
                    "CRUDDUR_OBS_TRACE_SAMPLER",
                    "always",
                    "CRUDDUR_DEV",
                    "false");
            try (BackendProcess backend = BackendProcess.start(environment)) {
                var client = new Client(backend.port());
                for (int i = 0; i < 5; i++) {
                    assertThat(client.get("/api/activities/notifications").status())
                            .isEqualTo(200);
                    // Not there for the public.
                    assertThat(client.get("/dev/boom").status()).isEqualTo(404);
                }
                backend.terminate();
                assertThat(backend.exitCode()).isIn(0, 143);

                Law law = Law.of("xray", backend.lastLineWith("Cruddur Obs closed."));
                assertThat(law.accepted()).isEqualTo(10);
                assertThat(law.balances()).isTrue();
                assertThat(law.lost()).isEqualTo(10);
                assertThat(law.line()).contains("unreachable=10");
            }
        }
    }
}
