package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The line, to the letter. */
class AccessLogTest {
    private static final RequestFacts REQUEST =
            new RequestFacts("GET", "https", null, "/api/{}", null, "203.0.113.9", false, false, null);

    /** A clock that the test sets. */
    private static final class Hand extends Clock {
        Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneId.of("Europe/Paris");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void theLineHasItsTimeToTheMinuteInEnglishAndTheGivenZone() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.FRANCE);
        try (Obs obs = Obs.off();
                var lines = new AccessLines(obs)) {
            var clock = new Hand();
            var log = new AccessLog(new AccessLogOptions(), clock);

            clock.now = Instant.parse("2026-02-22T15:00:59.999Z");
            log.write(REQUEST, null, 200, -1, 1_234_567, null);
            clock.now = Instant.parse("2026-02-22T15:01:00Z");
            log.write(REQUEST, "/api", 503, 17, 0, null);

            AccessLines.Line first = lines.lines().remove();
            assertThat(first.text()).isEqualTo("[2026-Feb-22 16:00] 203.0.113.9 GET https /api/{} 200");
            assertThat(first.fields())
                    .containsEntry("durationMs", 1.234)
                    .doesNotContainKeys("bytes", "userAgent", "route");
            AccessLines.Line second = lines.lines().remove();
            assertThat(second.text()).isEqualTo("[2026-Feb-22 16:01] 203.0.113.9 GET https /api/{} 503");
            assertThat(second.level()).isEqualTo("ERROR");
            assertThat(second.fields()).containsEntry("bytes", 17L).containsEntry("route", "/api");
        } finally {
            Locale.setDefault(before);
        }
    }
}
