package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.ErrorOptions;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.test.CapturedTraces;
import io.cruddur.obs.test.RollbarReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that reports its errors to a receiver on the loopback, and keeps its traces. */
@Timeout(120)
abstract class Reporting {
    static final Duration SOON = Duration.ofSeconds(30);

    private final Queue<byte[]> documents = new ConcurrentLinkedQueue<>();
    RollbarReceiver receiver;
    private @Nullable Obs obs;

    @BeforeEach
    void listen() throws IOException {
        receiver = new RollbarReceiver();
    }

    @AfterEach
    void stop() {
        if (obs != null) {
            obs.close();
            assertThat(obs.report().isBalanced()).isTrue();
            assertThat(obs.errorCounts().isBalanced())
                    .as("%s", obs.errorCounts())
                    .isTrue();
        }
        receiver.close();
    }

    Obs obs() {
        return obs(unused -> {});
    }

    Obs obs(Consumer<ErrorOptions> options) {
        return obs(builder().errors(options));
    }

    Obs obs(ObsBuilder builder) {
        if (obs == null) {
            obs = builder.build();
        }
        return obs;
    }

    ObsBuilder builder() {
        return Obs.builder()
                .service("backend-flask")
                .segmentDocuments(documents::add)
                .rollbarToken("token-of-this-test")
                .rollbarEndpoint(receiver.endpoint())
                .closeOnShutdown(false);
    }

    /** The items so far. */
    List<JsonNode> items() {
        if (obs != null) {
            obs.flush(SOON);
        }
        return receiver.items();
    }

    /** The only item. */
    JsonNode item() {
        List<JsonNode> items = items();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    CapturedTraces traces() {
        if (obs != null) {
            obs.flush(SOON);
        }
        return CapturedTraces.of(
                documents.stream().map(JsonMapper.shared()::readTree).toList());
    }
}
