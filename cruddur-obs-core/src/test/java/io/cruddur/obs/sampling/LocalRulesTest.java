package io.cruddur.obs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.Obs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRulesTest {
    private static final String RULES = """
            {
              // As the X-Ray SDK's own default file, with a comment.
              "version": 2,
              "default": {"fixed_target": 0, "rate": 0},
              "rules": [
                {"description": "no checks", "host": "*", "http_method": "*", "url_path": "/health*",
                 "fixed_target": 0, "rate": 0},
                {"host": "api.*", "http_method": "P?T", "url_path": "/a/*", "fixed_target": 0, "rate": 1},
                {"host": "*", "http_method": "GET", "url_path": "*", "fixed_target": 2, "rate": 0}
              ]
            }
            """;

    private final AtomicLong nanos = new AtomicLong();

    private final Path folder;

    LocalRulesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "api.example, PUT,   /a/b,    true",
                "API.EXAMPLE, put,   /A/b,    true",
                "api.example, PUT,   /health, false",
                "www.example, PUT,   /a/b,    false",
                "api.example, PATCH, /a/b,    false",
                "www.example, GET,   /a/b,    true",
                "-,           GET,   -,       true",
                "-,           -,     -,       false",
            })
    void theFirstRuleThatMatchesDecides(
            @Nullable String host, @Nullable String method, @Nullable String path, boolean sampled) throws IOException {
        LocalRules rules = rules(RULES);
        assertThat(rules.sample("any", new Request(host, method, path)).sampled())
                .isEqualTo(sampled);
    }

    @Test
    void whatAnswersNoRequestIsUpToRulesForAnythingAndTheDefault() throws IOException {
        assertThat(rules(RULES).sample("job", null).sampled()).isFalse();
        assertThat(rules("{\"version\": 2, \"default\": {\"fixed_target\": 0, \"rate\": 1}}")
                        .sample("job", null)
                        .sampled())
                .isTrue();
    }

    @Test
    void aFixedTargetIsPerSecond() throws IOException {
        LocalRules rules = rules(RULES);
        assertThat(sampled(rules, 10)).isEqualTo(2);
        nanos.addAndGet(1_000_000_000L);
        assertThat(sampled(rules, 10)).isEqualTo(2);
    }

    @Test
    void aRateIsAShare() throws IOException {
        LocalRules rules = rules("{\"version\": 2, \"default\": {\"fixed_target\": 0, \"rate\": 0.25}}");
        // Ten standard deviations around the mean.
        assertThat(sampled(rules, 100_000)).isBetween(25_000L - 1_370, 25_000L + 1_370);
    }

    @Test
    void versionOneNamesTheHostServiceName() throws IOException {
        LocalRules rules =
                rules(RULES.replace("\"version\": 2", "\"version\": 1").replace("\"host\"", "\"service_name\""));
        assertThat(rules.sample("any", new Request("api.example", "PUT", "/a/b"))
                        .sampled())
                .isTrue();
        assertThatThrownBy(() -> rules(RULES.replace("\"version\": 2", "\"version\": 1")))
                .hasMessageContaining("needs a service_name");
    }

    @Test
    void theFileMayBeAPathAUrlOrOnTheClassPath() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), RULES);
        for (String location : new String[] {
            file.toString(), file.toUri().toString(), "classpath:sampling-rules.json", "classpath:/sampling-rules.json"
        }) {
            assertThat(LocalRules.load(location).sample("any", Request.get("/")).sampled())
                    .as(location)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                                         | not a JSON object",
                "~~                                                         | not a JSON object",
                "<html>                                                     | not",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1         | not JSON",
                "{}                                                         | no version 2 or 1",
                "{\"version\": 3}                                           | no version 2 or 1",
                "{\"version\": \"2\"}                                       | no version 2 or 1",
                "{\"version\": 2}                                           | no default rule",
                "{\"version\": 2, \"default\": 1}                           | no default rule",
                "{\"version\": 2, \"rules\": {}}                            | rules that are no list",
                "{\"version\": 2, \"default\": {\"host\": \"*\"}}           | default has a host",
                "{\"version\": 2, \"default\": {}}                          | default needs a fixed_target, a whole number",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1.5}}     | it was 1.5",
                "{\"version\": 2, \"default\": {\"fixed_target\": -1}}      | it was -1",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1e99}}    | it was 1e99",
                "{\"version\": 2, \"default\": {\"fixed_target\": NaN}}     | NaN",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1}}       | needs a rate, a number from 0 to 1; there is none",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 5}} | it was 5",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\": [7]} | rule 1 is not an object",
                "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0}, \"rules\": [{\"description\": \"moves\", \"host\": 7}]} | rule 1 ('moves') needs a host",
            })
    void whatCannotBeUsedIsAnsweredWithTheFileTheRuleAndTheValidForm(String text, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), text);
        assertThatThrownBy(() -> Obs.builder().samplingRules(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + file + "'")
                .hasMessageContaining(complaint)
                .hasMessageContaining("The valid form is {\"version\": 2")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"classpath:nowhere.json", "/nowhere/rules.json", "file:///nowhere/rules.json"})
    void aFileThatIsNotThereIsAnsweredWithTheValidPlaces(String location) {
        assertThatThrownBy(() -> LocalRules.load(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + location + "'")
                .hasMessageContaining("classpath:sampling-rules.json");
    }

    @Test
    void deepAndHugeFilesAreRefused() {
        assertThatThrownBy(() -> rules("[".repeat(100_000))).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> rules(" ".repeat((1 << 20) + 1))).hasMessageContaining("larger than 1 MB");
    }

    private LocalRules rules(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), text);
        return new LocalRules(LocalRulesFile.read(file.toString()), nanos::get);
    }

    private static long sampled(LocalRules rules, int requests) {
        return IntStream.range(0, requests)
                .filter(i -> rules.sample("any", Request.get("/")).sampled())
                .count();
    }
}
