package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Law;
import io.cruddur.obs.console.Console;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** SIGTERM while requests are under way. The console runs here, so it outlives the application and counts what came. */
class ShutdownUnderLoadTest {
    static final String TOKEN = "token-of-the-tests";
    private static final int CALLERS = 4;
    private static final int REQUESTS_EACH = 150;
    private static final int ANSWERED_BEFORE_SIGTERM = 200;
    private static final String WRITE = "/api/messages";
    private static final List<String> PATHS =
            List.of("/api/activities/notifications", "/api/activities/home", "/rollbar/test", "/dev/boom", WRITE);

    private final Queue<Client.Reply> replies = new ConcurrentLinkedQueue<>();
    private final CountDownLatch answered = new CountDownLatch(ANSWERED_BEFORE_SIGTERM);

    @Test
    void nothingAcceptedIsMissing() throws Exception {
        try (Console console = Console.builder().port(0).token(TOKEN).start();
                BackendProcess backend = BackendProcess.start(environment(console.port()))) {
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            var client = new Client(backend.port());
            String[] token = client.as("andrewbrown");
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> call(client, token));
            }
            assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
            backend.terminate();
            callers.shutdown();
            assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(backend.exitCode()).isIn(0, 143);

            String last = backend.lastLine();
            System.out.println(replies.size() + " of " + CALLERS * REQUESTS_EACH + " requests answered. " + last);
            everythingIsAt(new ConsoleReader(console.port(), TOKEN), last);
        }
    }

    private void everythingIsAt(ConsoleReader console, String last) {
        for (String sink : List.of("xray", "cloudwatch", "rollbar")) {
            Law law = Law.of(sink, last);
            assertThat(law.balances()).as(last).isTrue();
            assertThat(law.delivered()).as(last).isEqualTo(law.accepted());
        }
        // UDP has no answer: what the kernel has may still be on its way into the console.
        List<JsonNode> traces = console.traces(Law.of("xray", last).accepted());
        assertThat(traces).hasSize((int) Law.of("xray", last).accepted());
        assertThat(traces.stream().map(row -> row.path("id").asString()).collect(Collectors.toSet()))
                .containsAll(replies.stream().map(Client.Reply::traceId).toList());
        assertThat(console.logs()).hasSize((int) Law.of("cloudwatch", last).accepted());
        assertThat(console.errors().stream()
                        .mapToLong(group -> group.path("count").asLong())
                        .sum())
                .isEqualTo(Law.of("rollbar", last).accepted());
        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 500));
    }

    private void call(Client client, String[] token) {
        for (int i = 0; i < REQUESTS_EACH; i++) {
            String path = PATHS.get(i % PATHS.size());
            try {
                Client.Reply reply = path.equals(WRITE)
                        ? client.tryPost(path, "{\"message\": \"x\", \"handle\": \"bayko\"}", token)
                        : client.tryGet(path);
                assertThat(reply.status()).isEqualTo(path.equals("/dev/boom") ? 500 : 200);
                replies.add(reply);
                answered.countDown();
            } catch (IOException refused) {
                // It takes no more: that is what this is about.
                return;
            }
        }
    }

    static Map<String, String> environment(int port) {
        return Map.of(
                "AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:" + port,
                "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://127.0.0.1:" + port,
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "none",
                "AWS_SECRET_ACCESS_KEY", "none",
                "ROLLBAR_ENDPOINT", "http://127.0.0.1:" + port + "/api/1/item/",
                "ROLLBAR_ACCESS_TOKEN", "none",
                "CRUDDUR_OBS_TRACE_SAMPLER", "always",
                // A busy machine may need more than the default; how long it takes is not what is looked at here.
                "CRUDDUR_OBS_DELIVERY_SHUTDOWN_TIMEOUT", "60s");
    }
}
