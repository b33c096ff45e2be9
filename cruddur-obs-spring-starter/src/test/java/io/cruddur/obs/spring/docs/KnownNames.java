package io.cruddur.obs.spring.docs;

import com.amazonaws.xray.strategy.ContextMissingStrategy;
import io.cruddur.obs.spring.ObsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkSystemSetting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names that something reads: properties by their metadata, others by the source. */
final class KnownNames {
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z_$\"{][\\w.:-]*");

    private final Set<String> properties = new TreeSet<>();
    private final Set<String> maps = new HashSet<>();
    private final Set<String> wordsOfTheCode = new HashSet<>();

    private KnownNames() {}

    static KnownNames read() throws IOException {
        var names = new KnownNames();
        try (InputStream file =
                ObsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property :
                    new JsonMapper().readTree(Objects.requireNonNull(file)).path("properties")) {
                names.add(property.path("name").asString(), property.path("type").asString());
            }
        }
        for (Path source : SourceText.all()) {
            LITERAL.matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .map(word -> word.replaceAll("^[\"{$]+|:.*", ""))
                    .forEach(names.wordsOfTheCode::add);
        }
        return names;
    }

    private void add(String property, String type) {
        properties.add(property);
        if (type.startsWith("java.util.Map")) {
            maps.add(property);
        }
    }

    /** A property, a group of them, an entry of a map, or a name that the code itself has, such as a meter's. */
    boolean isProperty(String name) {
        return properties.contains(name)
                || properties.stream().anyMatch(property -> property.startsWith(name + "."))
                || maps.stream().anyMatch(map -> name.startsWith(map + "."))
                || wordsOfTheCode.contains(name);
    }

    /** A variable that we, Spring for us, or an SDK that we use looks for. */
    boolean isVariable(String name) {
        return isInTheCode(name)
                || name.equals(ContextMissingStrategy.CONTEXT_MISSING_STRATEGY_ENVIRONMENT_VARIABLE_OVERRIDE_KEY)
                || properties.stream().anyMatch(property -> spellings(property).contains(name))
                || Arrays.stream(SdkSystemSetting.values())
                        .anyMatch(setting -> setting.environmentVariable().equals(name));
    }

    /** As it is, or put together of a beginning and an end. */
    private boolean isInTheCode(String variable) {
        return wordsOfTheCode.contains(variable)
                || IntStream.range(1, variable.length())
                        .filter(at -> variable.charAt(at - 1) == '_')
                        .anyMatch(at -> wordsOfTheCode.contains(variable.substring(0, at))
                                && wordsOfTheCode.contains(variable.substring(at)));
    }

    /** As Spring looks a property up in the environment. */
    private static List<String> spellings(String property) {
        String dots = property.replace('.', '_').toUpperCase(Locale.ROOT);
        return List.of(dots.replace("-", ""), dots.replace('-', '_'));
    }
}
