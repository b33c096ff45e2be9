package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Trees of any shape and size: every document is small enough and valid, and together they are the tree that was
 * recorded, but for what says that it was cut. {@code -Dthorough=true} makes ten times as many.
 */
@Timeout(600)
class RandomTreesTest {
    private static final int ROUNDS = Boolean.getBoolean("thorough") ? 10 : 1;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {20261122, 7, 42, 65_537})
    void theyComeBackAsTheyWere(long seed) throws IOException {
        var random = new Random(seed);
        // One writer for all: what it keeps between trees must not show.
        var writer = new SegmentWriter(SegmentSettings.NONE, new Adjustments(), Redactor.NONE);
        int truncated = 0;
        for (int i = 0; i < 520 * ROUNDS; i++) {
            var recording = new Recording();
            var tree = new RandomTree(recording, random, random.nextInt(20) == 0 ? 1_000_000 : 1_000);
            tree.record(size(random));
            var documents = new ArrayList<JsonNode>();
            try {
                for (TraceRecord record : recording.finish()) {
                    documents.addAll(Documents.of(writer, record));
                }
                tree.assertIsIn(documents);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", tree " + i + " of " + tree.spans() + " spans", e);
            }
            truncated += tree.truncated();
        }
        assertThat(truncated).as("values that were cut").isPositive();
    }

    private static int size(Random random) {
        int kind = random.nextInt(100);
        return 1 + (kind < 88 ? random.nextInt(10) : kind < 99 ? random.nextInt(200) : random.nextInt(5_000));
    }

    @Test
    void everyRecordIsDeliveredOverARealSocket() throws Exception {
        long seed = 99;
        var random = new Random(seed);
        try (var daemon = new DaemonReceiver()) {
            var sink = new DaemonSink(address(daemon), SegmentSettings.NONE, new Adjustments(), Redactor.NONE);
            for (int i = 0; i < 200; i++) {
                var recording = new Recording();
                var tree = new RandomTree(recording, random, 1_000);
                tree.record(1 + random.nextInt(60));
                List<TraceRecord> records = recording.finish();
                assertThat(sink.send(records)).as("seed %d, tree %d", seed, i).isEqualTo(Answer.DELIVERED);
                // The root is the last to be complete.
                tree.assertIsIn(daemon.nextUntil(document -> !document.has("type")));
                assertThat(daemon.isEmpty()).isTrue();
            }
            sink.close();
        }
    }

    private static DaemonAddress address(DaemonReceiver daemon) {
        return DaemonAddress.parse(daemon.address());
    }
}
