package io.cruddur.obs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/compatibility.md names the versions that are run. */
class CompatibilityTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-sdk.version",
                "opentelemetry-proto.version",
                "rollbar.version",
                "spring-boot.oldest.version",
                "spring-boot.version",
                "xray-sdk.version"
            })
    void theTableNamesTheVersion(String property) throws IOException {
        Matcher version = Pattern.compile("<" + Pattern.quote(property) + ">([^<$]+)<")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(Path.of("../docs/compatibility.md"))).contains(version.group(1));
    }
}
