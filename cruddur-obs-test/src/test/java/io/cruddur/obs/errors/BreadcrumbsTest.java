package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What an item tells of the time before it. */
class BreadcrumbsTest extends Reporting {
    private static final Logger LOG = LoggerFactory.getLogger("app.Activities");

    private static List<String> told(JsonNode item) {
        return item.at("/body/telemetry")
                .valueStream()
                .map(event -> event.path("type").asString()
                        + ' '
                        + event.path("level").asString()
                        + ' '
                        + event.at("/body/message")
                                .asString(event.at("/body/url").asString("")))
                .toList();
    }

    @Test
    void linesAndSpansAndCallsAreToldInTheirOrder() {
        Obs obs = obs();
        obs.trace("request").run(() -> {
            LOG.info("looking up {}", "a1");
            LOG.debug("not told");
            obs.trace("query").run(() -> {});
            LOG.warn("slow");
            try (Span call = obs.trace("users").client().start()) {
                call.http(new HttpRequest("GET", "http://users/u1", null, null, false));
                call.httpResponse(503, -1);
            }
            obs.trace("still open").run(() -> obs.error("failed").report());
        });
        JsonNode item = item();
        assertThat(told(item))
                .containsExactlyInAnyOrder(
                        "log info looking up a1",
                        "manual info query",
                        "log warning slow",
                        "network error http://users/u1");
        JsonNode call = item.at("/body/telemetry")
                .valueStream()
                .filter(event -> event.path("type").asString().equals("network"))
                .findFirst()
                .orElseThrow();
        assertThat(call.at("/body/method").asString()).isEqualTo("GET");
        assertThat(call.at("/body/status_code").asString()).isEqualTo("503");
        assertThat(item.at("/body/telemetry")
                        .valueStream()
                        .map(event -> event.path("timestamp_ms").asLong()))
                .isSorted();
    }

    @Test
    void aTraceThatIsNotRecordedTellsItsLines() {
        obs(builder().sampler(Sampler.never()));
        obs().trace("request").run(() -> {
            LOG.info("looking up");
            obs().error("failed").report();
        });
        assertThat(told(item())).containsExactly("log info looking up");
    }

    @Test
    void thereAreFiftyAtMostAndTheyAreTheLast() {
        obs().trace("request").run(() -> {
            for (int i = 0; i < 500; i++) {
                LOG.info("line {}", i);
            }
            obs().error("failed").report();
        });
        assertThat(told(item())).hasSize(50).first().isEqualTo("log info line 450");
        assertThat(told(item())).last().isEqualTo("log info line 499");
    }

    @Test
    void nothingOfAnotherTraceIsTold() {
        obs().trace("one").run(() -> LOG.info("of one"));
        obs().trace("other").run(() -> obs().error("failed").report());
        LOG.info("of none");
        assertThat(told(item())).isEmpty();
    }

    @Test
    void aHugeLineIsToldInShort() {
        obs().trace("request").run(() -> {
            LOG.info("{}", "x".repeat(1_000_000));
            obs().error("failed").report();
        });
        assertThat(told(item()))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(600));
    }

    @Test
    void byPropertyNothingIsTold() {
        obs(errors -> errors.breadcrumbs(false));
        obs().trace("request").run(() -> {
            LOG.info("looking up");
            obs().error("failed").report();
        });
        assertThat(item().at("/body/telemetry").isMissingNode()).isTrue();
    }

    @Test
    void aSecretInALineIsTakenOut() {
        obs().trace("request").run(() -> {
            LOG.info("password=hunter2");
            obs().error("failed").report();
        });
        assertThat(item().toString()).doesNotContain("hunter2").contains("[redacted]");
    }
}
