package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Law;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The one command's process: what it prints, and how it ends. */
class LocalProcessTest {
    private static final Pattern PAGE = Pattern.compile("http://localhost:(\\d+)/\\?token=([A-Za-z0-9._~-]+)");

    @Test
    void itSaysWhereToLookAndEndsWithTheLaw() throws Exception {
        // With AWS keys exported, as many have them: still nothing leaves the machine.
        Map<String, String> environment = Map.of(
                "CRUDDUR_STARTED_BY_MAVEN", "true",
                "CRUDDUR_OBS_CONSOLE_PORT", "0",
                "AWS_ACCESS_KEY_ID", "none",
                "AWS_SECRET_ACCESS_KEY", "none",
                // A busy machine may need more than the default; that all is delivered is what is looked at here.
                "CRUDDUR_OBS_DELIVERY_SHUTDOWN_TIMEOUT", "60s");
        try (BackendProcess backend = BackendProcess.start(environment)) {
            int port = backend.port();
            List<String> said = backend.outputWith("curl localhost:" + port + "/rollbar/test");
            assertThat(said)
                    .anyMatch(line -> line.contains("http://localhost:" + port))
                    .anyMatch(line -> line.contains("curl localhost:" + port + "/api/activities/notifications"))
                    .anyMatch(line -> line.contains("curl localhost:" + port + "/dev/boom"));
            Matcher page = PAGE.matcher(String.join("\n", said));
            assertThat(page.find()).isTrue();

            String traceId =
                    new Client(port).get("/api/activities/notifications").traceId();
            var console = new ConsoleReader(Integer.parseInt(page.group(1)), page.group(2));
            assertThat(console.trace(traceId).path("spans")).hasSize(3);

            backend.terminate();
            assertThat(backend.exitCode()).isZero();
            String last = backend.lastLine();
            for (String sink : List.of("xray", "cloudwatch", "rollbar")) {
                Law law = Law.of(sink, last);
                assertThat(law.delivered()).as(last).isEqualTo(law.accepted());
            }
        }
    }
}
