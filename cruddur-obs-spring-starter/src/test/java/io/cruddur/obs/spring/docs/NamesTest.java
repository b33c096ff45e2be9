package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.strategy.ContextMissingStrategy;
import io.cruddur.obs.spring.ObsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property and every variable of the environment that a page names is one that something reads. */
class NamesTest {
    private static final Pattern PROPERTY = Pattern.compile("(?<![\\w./-])cruddur\\.obs(\\.[\\w-]*\\w)+");
    private static final Pattern VARIABLE =
            Pattern.compile("(?<![\\w.])(AWS|OTEL|ROLLBAR|CRUDDUR|ECS|DATABASE)(_[A-Z0-9]+)+(?![\\w])");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z_$\"{][\\w.:-]*");

    private static final Set<String> PROPERTIES = new TreeSet<>();
    private static final Set<String> MAPS = new HashSet<>();
    private static final Set<String> WORDS_OF_THE_CODE = new HashSet<>();

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file =
                ObsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property :
                    new JsonMapper().readTree(Objects.requireNonNull(file)).path("properties")) {
                String name = property.path("name").asString();
                PROPERTIES.add(name);
                if (property.path("type").asString().startsWith("java.util.Map")) {
                    MAPS.add(name);
                }
            }
        }
        for (Path source : SourceText.all()) {
            LITERAL.matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .map(word -> word.replaceAll("^[\"{$]+|:.*", ""))
                    .forEach(WORDS_OF_THE_CODE::add);
        }
    }

    @Test
    void everyPropertyExists() throws IOException {
        assertThat(unknown(PROPERTY, NamesTest::isProperty)).isEmpty();
        assertThat(isProperty("cruddur.obs.no-such")).isFalse();
        assertThat(isProperty("cruddur.obs.trace")).isTrue();
    }

    @Test
    void everyVariableIsRead() throws IOException {
        assertThat(unknown(VARIABLE, NamesTest::isVariable)).isEmpty();
        assertThat(isVariable("CRUDDUR_OBS_NO_SUCH")).isFalse();
        assertThat(isVariable("CRUDDUR_OBS_LOGS_RETENTIONDAYS")).isTrue();
    }

    private static List<String> unknown(Pattern names, Predicate<String> known) throws IOException {
        List<String> unknown = new ArrayList<>();
        int found = 0;
        for (Page page : Page.all()) {
            for (int i = 0; i < page.lines().size(); i++) {
                for (MatchResult name :
                        names.matcher(page.lines().get(i)).results().toList()) {
                    found++;
                    if (!known.test(name.group())) {
                        unknown.add(page.name() + ":" + (i + 1) + ": " + name.group());
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(30);
        return unknown;
    }

    /** A property, a group of them, an entry of a map, or a name that the code itself has, such as a meter's. */
    static boolean isProperty(String name) {
        return PROPERTIES.contains(name)
                || PROPERTIES.stream().anyMatch(property -> property.startsWith(name + "."))
                || MAPS.stream().anyMatch(map -> name.startsWith(map + "."))
                || WORDS_OF_THE_CODE.contains(name);
    }

    private static boolean isVariable(String name) {
        return isInTheCode(name)
                || name.equals(ContextMissingStrategy.CONTEXT_MISSING_STRATEGY_ENVIRONMENT_VARIABLE_OVERRIDE_KEY)
                || PROPERTIES.stream().anyMatch(property -> spellings(property).contains(name))
                || Arrays.stream(SdkSystemSetting.values())
                        .anyMatch(setting -> setting.environmentVariable().equals(name));
    }

    /** As it is, or put together of a beginning and an end. */
    private static boolean isInTheCode(String variable) {
        return WORDS_OF_THE_CODE.contains(variable)
                || IntStream.range(1, variable.length())
                        .filter(at -> variable.charAt(at - 1) == '_')
                        .anyMatch(at -> WORDS_OF_THE_CODE.contains(variable.substring(0, at))
                                && WORDS_OF_THE_CODE.contains(variable.substring(at)));
    }

    /** As Spring looks a property up in the environment. */
    private static Set<String> spellings(String property) {
        String dots = property.replace('.', '_').toUpperCase(Locale.ROOT);
        return new HashSet<>(List.of(dots.replace("-", ""), dots.replace('-', '_')));
    }
}
