package io.cruddur.obs.spring.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a process tells its console of each sink. */
class LawDocumentTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:01Z");

    @Test
    void theSpoolAndTheLastFailureAreToldWhereThereAreSome() {
        var failure = new DeliveryReport.Sink.Failure(NOW.minusSeconds(2), "http_503");
        var sink = new DeliveryReport.Sink("xray", 3, 1, 2, 2, 4_096, 1, new TreeMap<>(), null, failure);

        assertThat(document(sink))
                .contains("\"spoolBytes\":4096")
                .contains("\"lastFailure\":{\"time\":\"2026-11-22T15:59:59Z\",\"reason\":\"http_503\"}")
                .doesNotContain("lastDelivered");
    }

    @Test
    void aSinkThatNeverFailedTellsNoFailure() {
        var sink = new DeliveryReport.Sink("xray", 1, 1, 0, 0, 0, 0, new TreeMap<>(), NOW, null);

        assertThat(document(sink))
                .contains("\"lastDelivered\":\"2026-11-22T16:00:01Z\"")
                .doesNotContain("lastFailure");
    }

    private static String document(DeliveryReport.Sink sink) {
        byte[] json = LawDocument.of("s", "p", new DeliveryReport(List.of(sink)), NOW);
        return new String(json, StandardCharsets.UTF_8);
    }
}
