package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogGroupTest {
    private static LogGroup kept(int days) {
        return new LogGroup("group", days, LogClass.STANDARD, Map.of());
    }

    private static LogGroup tagged(Map<String, String> tags) {
        return new LogGroup("group", null, LogClass.STANDARD, tags);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/cruddur/backend", "a-b_c.d#1", "awsome", "/aws/lambda/x"})
    void aNameThatTheServiceTakes(String name) {
        assertThat(LogGroup.named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "é", "aws/x"})
    void aNameThatItDoesNotTakeIsAnsweredWithTheRule(String name) {
        assertThatThrownBy(() -> LogGroup.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("1 to 512 letters, digits and _ - / . #, not beginning with aws/");
    }

    @Test
    void aNameHas512Characters() {
        assertThat(LogGroup.named("g".repeat(512)).name()).hasSize(512);
        assertThatThrownBy(() -> LogGroup.named("g".repeat(513))).hasMessageContaining("1 to 512");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
            })
    void aRetentionThatTheServiceHas(int days) {
        assertThat(kept(days).retentionDays()).isEqualTo(days);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 31, 366, 3654, Integer.MAX_VALUE})
    void oneThatItHasNotIsAnsweredWithThoseThatItHas(int days) {
        assertThatThrownBy(() -> kept(days))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(days + " days")
                .hasMessageContaining("1, 3, 5, 7, 14, 30,")
                .hasMessageContaining("3653.");
    }

    @ParameterizedTest
    @CsvSource({"aws:team, a", "'', a", "a;b, a", "a, 'b;c'"})
    void aTagThatTheServiceDoesNotTake(String key, String value) {
        assertThatThrownBy(() -> tagged(Map.of(key, value))).hasMessageContaining("aws:");
    }

    @Test
    void aGroupHasFiftyTags() {
        var tags = new HashMap<String, String>();
        for (int i = 0; i < 50; i++) {
            tags.put("tag" + i, "");
        }
        assertThat(tagged(tags).tags()).hasSize(50);
        tags.put("one more", "");
        assertThatThrownBy(() -> tagged(tags)).hasMessageContaining("50");
    }
}
