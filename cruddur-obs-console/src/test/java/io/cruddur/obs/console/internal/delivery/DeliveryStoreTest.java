package io.cruddur.obs.console.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.store.Revisions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the processes, of which many may have ended. */
class DeliveryStoreTest {

    private static final long SECOND = 1_000_000;

    @Test
    void ofAServiceThoseThatReportComeFirstThenTheLatestOfTheOthers() {
        DeliveryStore reports = new DeliveryStore(new Revisions());
        long now = 1_000 * SECOND;
        reports.add(report("b", "gone-long-ago", now - 900 * SECOND));
        reports.add(report("b", "gone-just-now", now - 6 * SECOND));
        reports.add(report("b", "gone-before", now - 300 * SECOND));
        // Whichever of the living reported last: their order stays.
        reports.add(report("b", "y-lives", now));
        reports.add(report("b", "x-lives", now - SECOND));
        reports.add(report("a", "gone", now - 100 * SECOND));

        assertThat(reports.rows(now).stream().map(row -> row.path("process").asString()))
                .containsExactly("gone", "x-lives", "y-lives", "gone-just-now", "gone-before", "gone-long-ago");
    }

    private static Report report(String service, String process, long received) {
        return new Report(service, process, received, received, List.of());
    }
}
