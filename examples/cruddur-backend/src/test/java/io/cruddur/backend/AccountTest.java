package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.Repository;
import io.cruddur.backend.support.Spans;
import io.cruddur.obs.console.Console;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That what {@code aws/} creates in an account fits what the application sends there; the console is the account. */
class AccountTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theSamplingRuleAndTheGroupsFilterMatchOurSegments() throws Exception {
        try (Console console =
                Console.builder().port(0).token(ShutdownUnderLoadTest.TOKEN).start()) {
            var account = new Client(console.port());
            // As `aws xray create-sampling-rule --cli-input-json file://aws/json/xray.json` sends it.
            assertThat(account.post("/CreateSamplingRule", Repository.text("aws/json/xray.json"))
                            .status())
                    .isEqualTo(200);
            Map<String, String> environment = new HashMap<>(ShutdownUnderLoadTest.environment(console.port()));
            environment.put("CRUDDUR_OBS_TRACE_SAMPLER", "central");
            environment.put("CRUDDUR_OBS_PROVISION", "true");
            environment.put("AWS_ENDPOINT_URL_XRAY", "http://127.0.0.1:" + console.port());
            try (BackendProcess backend = BackendProcess.start(environment)) {
                // The steps come one after the other, and the rule's is behind the group's.
                assertThat(backend.outputWith("Provisioning: the sampling rule Cruddur is there."))
                        .anyMatch(line -> line.contains("Provisioning: the X-Ray group Cruddur created"));
                var client = new Client(backend.port());
                var reader = new ConsoleReader(console.port(), ShutdownUnderLoadTest.TOKEN);
                String traceId = await("a trace that the rule chose")
                        .atMost(PATIENCE)
                        .until(
                                () -> {
                                    client.get("/api/activities/home");
                                    return reader.traces("").stream()
                                            .map(row -> row.path("id").asString())
                                            .filter(id -> "Cruddur".equals(rule(reader, id)))
                                            .findFirst()
                                            .orElse("");
                                },
                                id -> !id.isEmpty());

                JsonNode summaries = summaries(account, filterOfTheGroup(account));
                assertThat(summaries.findValuesAsString("Id")).contains(traceId);
                assertThat(summaries(account, "service(\"another\")").findValuesAsString("Id"))
                        .isEmpty();
            }
        }
    }

    private static String rule(ConsoleReader console, String id) {
        return Spans.segment(console.trace(id)).at("/aws/xray/rule_name").asString("");
    }

    private static String filterOfTheGroup(Client account) {
        return account.post("/GetGroup", "{\"GroupName\": \"Cruddur\"}")
                .json()
                .at("/Group/FilterExpression")
                .asString();
    }

    private static JsonNode summaries(Client account, String filter) {
        long now = System.currentTimeMillis() / 1_000;
        String request = JsonMapper.shared()
                .writeValueAsString(Map.of("StartTime", now - 600, "EndTime", now + 600, "FilterExpression", filter));
        Client.Reply reply = account.post(
                "/TraceSummaries",
                request,
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + ShutdownUnderLoadTest.TOKEN + "/20261127/us-east-1/xray/aws4_request");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }
}
