package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Law;
import io.cruddur.obs.console.Console;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * SIGTERM while requests are under way. The console runs here, so it outlives the application and counts what came. Each
 * request brings an id of its own, so that its trace tells whether the application has taken it: what was taken is
 * answered as ever. What was not may be refused, cut off or, on a connection that was open already, be a 503 of the
 * server's; but only once SIGTERM was sent.
 */
class ShutdownUnderLoadTest {
    static final String TOKEN = "token-of-the-tests";
    private static final int CALLERS = 4;
    private static final int ANSWERED_BEFORE_SIGTERM = 200;
    /** More than the test waits for; it ends with the first that is not answered. */
    private static final int REQUESTS_EACH = 400;

    private static final String WRITE = "/api/messages";
    private static final List<String> PATHS =
            List.of("/api/activities/notifications", "/api/activities/home", "/rollbar/test", "/dev/boom", WRITE);

    private final AtomicInteger ids = new AtomicInteger();
    private final CountDownLatch answered = new CountDownLatch(ANSWERED_BEFORE_SIGTERM);
    private volatile boolean told;

    /**
     * What became of a request.
     *
     * @param status 0 without an answer
     * @param told whether SIGTERM was sent before its end
     */
    private record Outcome(String traceId, String path, int status, boolean told, String problem) {
        boolean asEver() {
            return status == (path.equals("/dev/boom") ? 500 : 200);
        }
    }

    @Test
    void nothingAcceptedIsMissing() throws Exception {
        try (Console console = Console.builder().port(0).token(TOKEN).start();
                BackendProcess backend = BackendProcess.start(environment(console.port()))) {
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            var client = new Client(backend.port());
            String[] token = client.as("andrewbrown");
            List<Future<List<Outcome>>> calls = IntStream.range(0, CALLERS)
                    .mapToObj(i -> callers.submit(() -> call(client, token)))
                    .toList();
            assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
            told = true;
            backend.terminate();
            var outcomes = new ArrayList<Outcome>();
            for (Future<List<Outcome>> call : calls) {
                outcomes.addAll(call.get(60, TimeUnit.SECONDS));
            }
            callers.shutdown();
            assertThat(backend.exitCode()).isIn(0, 143);

            String last = backend.lastLine();
            System.out.println(outcomes.stream().filter(Outcome::asEver).count() + " of " + outcomes.size()
                    + " requests answered. " + last);
            Set<String> taken = everythingIsAt(new ConsoleReader(console.port(), TOKEN), last);
            whatWasTakenIsAnswered(outcomes, taken);
        }
    }

    private static void whatWasTakenIsAnswered(List<Outcome> outcomes, Set<String> taken) {
        assertThat(taken)
                .containsAll(outcomes.stream()
                        .filter(Outcome::asEver)
                        .map(Outcome::traceId)
                        .toList());
        // One of each caller, or there was no load any more.
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.asEver())
                .hasSize(CALLERS)
                .allSatisfy(outcome -> {
                    assertThat(outcome.status()).isIn(0, 503);
                    assertThat(taken).doesNotContain(outcome.traceId());
                    assertThat(outcome.told()).isTrue();
                });
    }

    /** The ids of all traces. */
    private static Set<String> everythingIsAt(ConsoleReader console, String last) {
        for (String sink : List.of("xray", "cloudwatch", "rollbar")) {
            Law law = Law.of(sink, last);
            assertThat(law.balances()).as(last).isTrue();
            assertThat(law.delivered()).as(last).isEqualTo(law.accepted());
        }
        // UDP has no answer: what the kernel has may still be on its way into the console.
        List<JsonNode> traces = console.traces(Law.of("xray", last).accepted());
        assertThat(traces).hasSize((int) Law.of("xray", last).accepted());
        assertThat(console.logs()).hasSize((int) Law.of("cloudwatch", last).accepted());
        assertThat(console.errors().stream()
                        .mapToLong(group -> group.path("count").asLong())
                        .sum())
                .isEqualTo(Law.of("rollbar", last).accepted());
        return traces.stream().map(row -> row.path("id").asString()).collect(Collectors.toSet());
    }

    /** Calls until it is not answered as ever: it takes no more, or there is something to be said on the test's thread. */
    private List<Outcome> call(Client client, String[] token) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < REQUESTS_EACH; i++) {
            Outcome outcome = call(client, PATHS.get(i % PATHS.size()), token);
            outcomes.add(outcome);
            if (!outcome.asEver()) {
                break;
            }
            answered.countDown();
        }
        return outcomes;
    }

    private Outcome call(Client client, String path, String[] token) {
        String traceId = "1-%08x-%024x".formatted(Instant.now().getEpochSecond(), ids.incrementAndGet());
        String[] headers = {"X-Amzn-Trace-Id", "Root=" + traceId + ";Sampled=1", token[0], token[1]};
        try {
            Client.Reply reply = path.equals(WRITE)
                    ? client.tryPost(path, "{\"message\": \"x\", \"handle\": \"bayko\"}", headers)
                    : client.tryGet(path, headers);
            return new Outcome(traceId, path, reply.status(), told, "");
        } catch (IOException e) {
            return new Outcome(traceId, path, 0, told, e.toString());
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
