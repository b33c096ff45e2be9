package io.cruddur.obs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*4567-brave.example*, 4567-brave.example.io, true",
        "*4567-brave.example*, https-4567-BRAVE.example.io:443, true",
        "*4567-brave.example*, 4567-evil.example.io, false",
        "api.example, api.example, true",
        "api.example, api.example.evil, false",
        "api?.example, api1.example, true",
        "api?.example, api.example, false",
        "*, anything, true",
        "a*b*c, axxbyyc, true",
        "a*b*c, axxbyy, false",
    })
    void starsAndQuestionMarksAsTheXRaySdkReadsThem(String pattern, String host, boolean matches) {
        assertThat(new HostPattern(pattern).matches(host)).isEqualTo(matches);
    }

    @Test
    void theVariableNamesSegmentsByHostAndNobodyElseDoes() {
        try (Obs obs = new Environment(
                        Map.of("AWS_XRAY_URL", "*4567-brave.example*", "AWS_XRAY_TRACING_NAME", "backend"))
                .toBuilder().build()) {
            assertThat(obs.segmentName("4567-brave.example")).isEqualTo("4567-brave.example");
            assertThat(obs.segmentName("evil.example")).isEqualTo("backend");
            assertThat(obs.segmentName(null)).isEqualTo("backend");
        }
        try (Obs obs = Obs.builder().service("backend").build()) {
            assertThat(obs.segmentName("4567-brave.example")).isEqualTo("backend");
        }
    }
}
