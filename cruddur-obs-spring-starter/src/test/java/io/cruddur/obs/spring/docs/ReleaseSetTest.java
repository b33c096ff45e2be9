package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code release/set}, on a copy of what it changes. It is written for GNU's sed, as releases are made on Linux. */
@EnabledOnOs(OS.LINUX)
class ReleaseSetTest {
    private static final String FACTORY =
            "cruddur-obs-spring-starter/src/main/java/io/cruddur/obs/spring/ObsFactory.java";
    private static final List<String> FILES = List.of(
            "pom.xml",
            "cruddur-obs-bom/pom.xml",
            "boot40-tests/pom.xml",
            FACTORY,
            "README.md",
            "SECURITY.md",
            "docs/getting-started.md",
            "release/set");

    private final Path folder;

    ReleaseSetTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        for (String file : FILES) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(Page.ROOT.resolve(file), folder.resolve(file));
        }
    }

    @Test
    void aReleaseIsInTheSnippetsAndStaysThereWhenTheNextSnapshotBegins() throws Exception {
        set("version", "7.0.0");
        assertThat(read("pom.xml")).contains("<version>7.0.0</version>");
        assertThat(read("cruddur-obs-bom/pom.xml")).contains("<version>7.0.0</version>");
        assertThat(read("README.md")).contains("<version>7.0.0</version>").doesNotContain("Not on Maven Central yet");
        assertThat(read("docs/getting-started.md"))
                .contains("<version>7.0.0</version>", ":cruddur-obs-console:7.0.0:jar:app ")
                .doesNotContain("until the first release", "Until Cruddur Obs is on Maven Central");

        set("version", "7.1.0-SNAPSHOT");
        assertThat(read("pom.xml")).contains("<version>7.1.0-SNAPSHOT</version>");
        assertThat(read("README.md")).contains("<version>7.0.0</version>").doesNotContain("7.1.0");
    }

    @Test
    void aVersionThatIsSetAgainKeepsItsTimeStamp() throws Exception {
        set("version", "7.0.0");
        String stamp = "<project.build.outputTimestamp>";
        Path pom = folder.resolve("pom.xml");
        Files.writeString(pom, read("pom.xml").replaceFirst(stamp + "[^<]*", stamp + "2001-02-03T00:00:00Z"));

        set("version", "7.0.0");
        assertThat(read("pom.xml")).contains(stamp + "2001-02-03T00:00:00Z");

        set("version", "7.0.1");
        assertThat(read("pom.xml")).doesNotContain("2001-02-03");
    }

    @Test
    void theGroupIsSetWhereverAModuleIsNamed() throws Exception {
        set("group", "io.github.acme");
        for (String file :
                List.of("pom.xml", "cruddur-obs-bom/pom.xml", "boot40-tests/pom.xml", "README.md", FACTORY)) {
            assertThat(read(file))
                    .as(file)
                    .contains(file.endsWith(".java") ? "io.github.acme:cruddur-obs-" : "<groupId>io.github.acme<")
                    .doesNotContain("<groupId>io.cruddur.obs<", "io.cruddur.obs:cruddur-obs-");
        }
        assertThat(read(FACTORY)).contains("package io.cruddur.obs.spring;");
    }

    @Test
    void theRepositoryIsSetWhereAReleaseIsCheckedToo() throws Exception {
        set("repository", "https://github.com/acme/obs.git");
        for (String pom : List.of("pom.xml", "cruddur-obs-bom/pom.xml")) {
            assertThat(read(pom)).as(pom).contains("<repository.url>https://github.com/acme/obs<");
        }
        assertThat(read("SECURITY.md")).contains(".jar --repo acme/obs\n");
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private void set(String what, String value) throws Exception {
        Process process = new ProcessBuilder("bash", "release/set", what, value)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
