package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.spring.ObsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a page has a table of properties and their defaults, a default is what the configuration metadata says. */
class DefaultsTest {
    private static final String HEADING = "| property | default |";
    private static final Pattern ROW = Pattern.compile("\\| `(cruddur\\.obs\\.[\\w.-]+)` \\| `([^`]*)` \\|.*");

    /** How the pages write a value that the metadata can only have as a number. */
    private static final Map<String, String> CONSTANTS =
            Map.of("Ordered.HIGHEST_PRECEDENCE", String.valueOf(Ordered.HIGHEST_PRECEDENCE));

    @Test
    void theDefaultsOfThePagesAreThoseOfTheCode() throws IOException {
        Map<String, String> defaults = defaults();
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Page page : Page.all()) {
            boolean table = false;
            for (String line : page.prose()) {
                table = line.startsWith(HEADING) || (table && line.startsWith("|"));
                Matcher row = ROW.matcher(line);
                if (table
                        && row.matches()
                        && !defaults.getOrDefault(row.group(1), "").isEmpty()) {
                    seen++;
                    String said = CONSTANTS.getOrDefault(row.group(2), row.group(2));
                    String meant = defaults.get(row.group(1));
                    if (!said.equals(meant)) {
                        wrong.add(page.name() + ": " + row.group(1) + " is " + meant + ", not " + row.group(2));
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(5);
        assertThat(wrong).isEmpty();
    }

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        try (InputStream file =
                ObsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property :
                    new JsonMapper().readTree(Objects.requireNonNull(file)).path("properties")) {
                String value = property.path("defaultValue").asString("");
                // The pages write a list as it is written in a file.
                defaults.put(property.path("name").asString(), value.replaceAll("^\\[|]$", ""));
            }
        }
        return defaults;
    }
}
