package io.cruddur.obs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3                             | PT3S",
                "0                             | PT0S",
                "Mon, 23 Nov 2026 10:00:07 GMT | PT7S",
                "Mon, 23 Nov 2026 09:00:00 GMT | PT0S",
                "Sun, 23 Nov 2026 10:00:07 GMT | PT0S",
                "-3                            | PT0S",
                "99999999999999999999          | PT0S",
                "when it suits                 | PT0S",
            })
    void saysHowLongToWait(String header, Duration wait) {
        var headers = HttpHeaders.of(Map.of("retry-after", List.of(header)), (name, value) -> true);
        assertThat(RetryAfter.of(headers, NOW)).isEqualTo(wait);
    }
}
