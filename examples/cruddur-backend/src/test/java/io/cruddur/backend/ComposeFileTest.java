package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.cruddur.backend.support.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The compose file, as it is written and as Compose reads it. */
class ComposeFileTest {
    private static final String FILE = "docker-compose.yml";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)[^}]*}");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    /** As the journal has it in which all of this began. */
    private static final String DAEMON = """
            image: "amazon/aws-xray-daemon"
            environment:
              AWS_ACCESS_KEY_ID: "${AWS_ACCESS_KEY_ID}"
              AWS_SECRET_ACCESS_KEY: "${AWS_SECRET_ACCESS_KEY}"
              AWS_REGION: "us-east-1"
            command:
              - "xray -o -b xray-daemon:2000"
            ports:
              - 2000:2000/udp
            """;

    private final Map<String, Object> written = Repository.yaml(Repository.text(FILE));

    @Test
    void theDaemonIsTheOriginalsWhereNothingElseIsSet() {
        String defaults = DEFAULT.matcher(Repository.text(FILE)).replaceAll("$1");

        assertThat(Repository.part(Repository.yaml(defaults), "services", "xray-daemon"))
                .isEqualTo(Repository.yaml(DAEMON));
    }

    /** Or the traces would be in one region, and the logs and what is provisioned in another. */
    @Test
    void theDaemonsRegionIsTheBackends() {
        assertThat(Repository.part(written, "services", "xray-daemon", "environment"))
                .containsEntry(
                        "AWS_REGION",
                        Repository.part(written, "services", "backend-flask", "environment")
                                .get("AWS_DEFAULT_REGION"));
    }

    @Test
    void eachVariableIsExplained() {
        List<String> variables = VARIABLE.matcher(Repository.text(FILE))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        List<String> explained = Repository.text(".env.example")
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();

        assertThat(explained).containsExactlyInAnyOrderElementsOf(variables);
    }

    @Test
    void composeTakesItAndGivesTheBackendItsEnvironment() throws Exception {
        Map<String, Object> config = Repository.yaml(config());

        assertThat(Repository.part(config, "services"))
                .containsOnlyKeys("backend-flask", "postgres", "dynamodb-local", "xray-daemon");
        assertThat(Repository.part(config, "services", "backend-flask", "environment"))
                .containsEntry("AWS_XRAY_DAEMON_ADDRESS", "xray-daemon:2000")
                .containsEntry("DATABASE_URL", "postgresql://postgres:choose-one@postgres:5432/cruddur")
                .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", "http://dynamodb-local:8000")
                .containsEntry("CRUDDUR_DEV", "false")
                .containsKeys(
                        "AWS_XRAY_URL",
                        "AWS_DEFAULT_REGION",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "ROLLBAR_ACCESS_TOKEN",
                        "FRONTEND_URL",
                        "BACKEND_URL");
        for (String store : List.of("postgres", "dynamodb-local")) {
            assertThat(Repository.part(config, "services", store)).containsKey("healthcheck");
            assertThat(Repository.part(config, "services", "backend-flask", "depends_on", store))
                    .containsEntry("condition", "service_healthy");
        }
    }

    /** Only the daemon's port is open to others, as in the original. */
    @Test
    void theOtherPortsAreForThisMachine() {
        Repository.part(written, "services").keySet().stream()
                .filter(service -> !service.equals("xray-daemon"))
                .forEach(service -> assertThat(String.valueOf(
                                Repository.part(written, "services", service).get("ports")))
                        .startsWith("[127.0.0.1:"));
    }

    private static String config() throws IOException, InterruptedException {
        for (List<String> tool : List.of(List.of("docker-compose"), List.of("docker", "compose"))) {
            var command = new ArrayList<>(tool);
            command.addAll(List.of("-f", FILE, "--env-file", ".env.example", "config"));
            var builder = new ProcessBuilder(command)
                    .directory(Repository.file("").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            // The file's own values, not those of whoever runs the tests.
            builder.environment().keySet().removeIf(name -> name.matches("(AWS|CRUDDUR|ROLLBAR|POSTGRES).*|.*_URL"));
            try {
                Process process = builder.start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return output;
                }
            } catch (IOException notInstalled) {
                // The next one.
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("CI needs a Compose that takes the file");
        }
        return abort("no docker-compose that works");
    }
}
