package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.RollbarReceiver;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** With all back ends, or with the libraries of one left out: then the others go on. */
class JobTest {
    private static final String EXCLUDED = System.getProperty("excluded");

    @Test
    void aJobIsATraceAndWhatHasItsLibraryIsSent() throws Exception {
        try (var daemon = new DaemonReceiver();
                var logs = new LogsReceiver();
                var rollbar = new RollbarReceiver();
                Obs obs = Obs.builder()
                        .service("stranger")
                        .xrayDaemon(daemon.address())
                        .logGroup("stranger")
                        .region("us-east-1")
                        .cloudWatchEndpoint(logs.endpoint())
                        .anonymousAws(true)
                        .installLogAppender(true)
                        .rollbarToken("none")
                        .rollbarEndpoint(rollbar.endpoint())
                        .build()) {
            assertEquals(2, new Job(obs).run());
            var report = obs.flush(Duration.ofSeconds(30));

            JsonNode segment = daemon.next();
            String trace = segment.path("trace_id").asString();
            System.out.println("TRACE " + trace + ", " + report);
            assertEquals("job", segment.path("name").asString());
            assertEquals("query", segment.at("/subsegments/0/name").asString());
            assertTrue(report.isComplete(), report.toString());
            assertEquals(isHere("com.rollbar") ? 1 : 0, rollbar.items().size());
            List<String> served = isHere("software.amazon.awssdk")
                    ? logs.events().stream()
                            .map(event -> event.message())
                            .filter(line -> line.contains("served"))
                            .toList()
                    : List.of();
            assertEquals(isHere("software.amazon.awssdk") ? 1 : 0, served.size());
            assertTrue(served.stream().allMatch(line -> line.contains(trace)), served.toString());
        }
    }

    private static boolean isHere(String group) {
        return !group.equals(EXCLUDED);
    }
}
