package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.support.Repository;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a linter would say of the Dockerfile, by the rules of hadolint and of Docker's own advice. */
class DockerfileTest {
    private static final String FILE = "examples/cruddur-backend/Dockerfile";
    private static final Set<String> INSTRUCTIONS = Set.of(
            "FROM",
            "RUN",
            "COPY",
            "WORKDIR",
            "USER",
            "EXPOSE",
            "HEALTHCHECK",
            "ENTRYPOINT",
            "ENV",
            "ARG",
            "LABEL",
            "CMD");

    private final List<String> lines = instructions(Repository.text(FILE));

    /** An instruction a line, without comments and line ends inside. */
    static List<String> instructions(String dockerfile) {
        return dockerfile
                .replaceAll("(?m)^\\s*#.*\\n", "")
                .replaceAll("\\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private List<String> all(String instruction) {
        return lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip())
                .toList();
    }

    @Test
    void onlyKnownInstructionsAndNoAdd() {
        assertThat(lines).allSatisfy(line -> assertThat(INSTRUCTIONS).contains(line.substring(0, line.indexOf(' '))));
    }

    @Test
    void imagesHaveAVersion() {
        assertThat(all("FROM"))
                .hasSize(2)
                .allSatisfy(image -> assertThat(image)
                        .matches("[a-z0-9/.-]+:[A-Za-z0-9._-]+( AS [a-z]+)?")
                        .doesNotContain(":latest"));
    }

    @Test
    void theLastUserIsNotRoot() {
        int lastStage = lines.lastIndexOf("FROM " + all("FROM").get(1));
        assertThat(lines.subList(lastStage, lines.size()))
                .filteredOn(line -> line.startsWith("USER "))
                // A number, so that Kubernetes can see that it is not root.
                .containsExactly("USER 10001");
    }

    @Test
    void foldersAreAbsoluteAndSecretsAreNone() {
        assertThat(all("WORKDIR")).allSatisfy(folder -> assertThat(folder).startsWith("/"));
        assertThat(all("ENV")).isEmpty();
        assertThat(all("ARG")).isEmpty();
    }

    @Test
    void theProcessIsTheJvmItself() {
        // In exec form: a shell in between would keep SIGTERM to itself, and what is still to be sent would be lost.
        assertThat(all("ENTRYPOINT")).singleElement().asString().matches("\\[\"java\",( \"[^\"]+\",?)+]");
        assertThat(all("CMD")).isEmpty();
        assertThat(all("HEALTHCHECK")).singleElement().asString().contains(" CMD [\"bash\"");
    }

    @Test
    void layersAreCopiedFromWhatChangesSeldomToWhatChangesOften() {
        assertThat(all("COPY"))
                .filteredOn(line -> line.startsWith("--from=build"))
                .containsExactly(
                        "--from=build /layers/dependencies/ ./",
                        "--from=build /layers/spring-boot-loader/ ./",
                        "--from=build /layers/snapshot-dependencies/ ./",
                        "--from=build /layers/application/ ./");
    }
}
