package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "*, -, true",
                "**, '', true",
                "'', '', true",
                "'', -, true",
                "'', a, false",
                "?, '', false",
                "?, a, true",
                "?*, '', false",
                "/api/*, /api/, true",
                "/api/*, /api, false",
                "/api/*, /API/a/b, true",
                "*.html, /a.html.bak, false",
                "a?c, abc, true",
                "a?c, ac, false",
                "GET, get, true",
                "Ä*, äpfel, true",
                "*a*b*, xaxbx, true",
                "*a*b, xbxa, false",
                "a*, ba, false",
            })
    void starsAndQuestionMarksInAnyCase(String pattern, @Nullable String text, boolean matches) {
        assertThat(new Wildcard(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void aHostileTextTakesItsLengthTimesThePatternsAtMost() {
        var pattern = new Wildcard("*a".repeat(60) + "b");
        // A matcher that tries every way to share the text among the stars would not end.
        boolean matches =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> pattern.matches("a".repeat(1_000_000)));
        assertThat(matches).isFalse();
    }

    @Test
    void patternsThatMatchTheSameAreEqual() {
        assertThat(new Wildcard("/Api/*")).isEqualTo(new Wildcard("/api/*")).hasSameHashCodeAs(new Wildcard("/api/*"));
        assertThat(new Wildcard("*")).isEqualTo(Wildcard.ANY).isNotEqualTo(new Wildcard("?"));
    }
}
