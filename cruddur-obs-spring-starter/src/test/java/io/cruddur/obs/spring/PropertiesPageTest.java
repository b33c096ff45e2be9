package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PropertiesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "properties.md");

    @Test
    void thePageSaysWhatTheMetadataSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("cruddur.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/properties.md is stale: its first lines say how to write it anew")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        try (InputStream file =
                ObsProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return PropertiesPage.of(new JsonMapper().readTree(Objects.requireNonNull(file)));
        }
    }
}
