package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor shows of the properties. */
class MetadataTest {
    @Test
    void everyPropertyIsExplained() throws IOException {
        JsonNode metadata = metadata();

        assertThat(metadata.path("properties").valueStream())
                .hasSizeGreaterThan(20)
                .allSatisfy(property -> assertThat(property.path("name").asString())
                        .matches("(cruddur|management\\.endpoint)\\.obs\\..*"))
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.path("name").asString())
                        .endsWith("."));
        assertThat(metadata.path("hints")).isNotEmpty();
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream file =
                ObsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(file));
        }
    }
}
