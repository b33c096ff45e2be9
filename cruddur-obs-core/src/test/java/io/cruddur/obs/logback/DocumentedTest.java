package io.cruddur.obs.logback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.log.LogSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page about logs shows can be used as it stands. */
class DocumentedTest {
    private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

    static Stream<String> configurations() throws IOException {
        List<String> all = XML.matcher(Files.readString(Path.of("../docs/logs.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(all).hasSize(3);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void eachConfigurationIsTakenWithoutAWarning(String xml) {
        try (var configured = new Configured()) {
            configured.configure(xml);
            assertThat(configured.warnings()).isEmpty();
            assertThat(configured.context.getLogger("ROOT").getAppender("OBS"))
                    .satisfies(appender -> assertThat(appender.isStarted()).isTrue());
        } finally {
            LogSignals.discardEarly();
        }
    }
}
