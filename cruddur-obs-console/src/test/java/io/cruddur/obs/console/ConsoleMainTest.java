package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console as a program. */
class ConsoleMainTest {

    /** With the JDK's own, until the first answer; the start is as long as these are many. */
    private static final int MOST_CLASSES = 3_000;

    private static final List<String> COSTLY =
            List.of("tools.jackson.databind.json.", "javax.management.", "sun.util.cldr.");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void itPrintsItsUrlAndRunsUntilItIsEnded() throws Exception {
        int[] answered = {0};

        int status = run(
                () -> {
                    Matcher url = Pattern.compile("http://localhost:(\\d+)/\\?token=known-token")
                            .matcher(out.toString(StandardCharsets.UTF_8));
                    assertThat(url.find()).isTrue();
                    answered[0] = ping(Integer.parseInt(url.group(1)));
                },
                "--port",
                "0",
                "--token=known-token");

        assertThat(status).isZero();
        assertThat(answered[0]).isEqualTo(200);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** The time is told, not tested: machines differ. What is loaded until then does not. */
    @Test
    void inAProcessOfItsOwnItSoonAnswers(@TempDir Path folder) throws Exception {
        Path classes = folder.resolve("classes");
        double millis = millisToTheFirstAnswer("/api/ping", "{\"console\":");
        double data = millisToTheFirstAnswer("/api/traces", "{\"traces\":[],");
        millisToTheFirstAnswer("/api/ping", "{\"console\":", "-Xlog:class+load:file=" + classes + ":none");
        List<String> loaded = Files.readAllLines(classes);
        System.out.printf(
                "A console of its own: first answer after %.0f ms, with %,d classes; first answer with data after %.0f ms%n",
                millis, loaded.size(), data);
        assertThat(loaded.size()).isBetween(1_000, MOST_CLASSES);
        assertThat(loaded.stream().filter(line -> COSTLY.stream().anyMatch(line::startsWith)))
                .as("what makes the start long, and is not needed for it")
                .isEmpty();
    }

    private static double millisToTheFirstAnswer(String path, String expected, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), ConsoleMain.class.getName()));
        try (ConsoleProcess process = new ConsoleProcess(arguments)) {
            String answer = process.get(path);
            double millis = process.millisSinceItsStart();
            assertThat(answer).contains(expected);
            return millis;
        }
    }

    @Test
    void helpNamesTheOptions() throws Exception {
        assertThat(run(() -> {}, "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "--port N",
                        "--token T",
                        "--help",
                        "AWS_XRAY_DAEMON_ADDRESS",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:2000/v1/traces",
                        "OTEL_METRICS_EXPORTER=none",
                        "OTEL_LOGS_EXPORTER=none");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 2000, There is no option --prot",
        "2000, There is no option 2000",
        "--port, needs a value",
        "--port abc, must be a number",
        "--port 70000, from 0 to 65535",
        "--token short, 8 to 128"
    })
    void aTypingErrorIsSaidAndEndsWith2(String args, String message) throws Exception {
        int status = run(() -> {}, args.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).contains("--help");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aTakenPortIsSaidAndEndsWith1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int status = run(() -> {}, "--port", Integer.toString(taken.getLocalPort()));

            assertThat(status).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("is taken")
                    .contains("--port N");
        }
    }

    @Test
    void aConsoleThatIsThereAlreadyIsPointedTo() throws Exception {
        try (Console first = Console.builder().port(0).start()) {
            // A first answer loads classes, and the second console does not wait long for it.
            assertThat(ping(first.port())).isEqualTo(200);
            int status = run(() -> {}, "--port", Integer.toString(first.port()));

            assertThat(status).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("already")
                    .contains("--port N")
                    .doesNotContain(first.token());
        }
    }

    @Test
    void portAndTokenMayComeFromTheEnvironment() throws Exception {
        Map<String, String> environment =
                Map.of("CRUDDUR_OBS_CONSOLE_TOKEN", "token-of-environment", "CRUDDUR_OBS_CONSOLE_PORT", "0");

        try (Console console = parse(environment).console().start()) {
            assertThat(console.token()).isEqualTo("token-of-environment");
            assertThat(console.port()).isNotEqualTo(Console.DEFAULT_PORT);
        }
    }

    @Test
    void anOptionWinsOverTheEnvironment() throws Exception {
        Map<String, String> environment =
                Map.of("CRUDDUR_OBS_CONSOLE_TOKEN", "short", "CRUDDUR_OBS_CONSOLE_PORT", "nonsense");

        ConsoleOptions options = parse(environment, "--token", "token-of-option", "--port", "0");

        try (Console console = options.console().start()) {
            assertThat(console.token()).isEqualTo("token-of-option");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CRUDDUR_OBS_CONSOLE_TOKEN, short, 8 to 128",
        "CRUDDUR_OBS_CONSOLE_PORT, nonsense, must be a number",
        "CRUDDUR_OBS_CONSOLE_PORT, 70000, from 0 to 65535"
    })
    void whatIsWrongInTheEnvironmentIsNamedAndKeepsNobodyFromHelp(String name, String value, String reason) {
        assertThat(parse(Map.of(name, value), "--help").help()).isTrue();
        assertThatThrownBy(() -> parse(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason);
    }

    @Test
    void anEmptyVariableSaysNothing() {
        assertThat(parse(Map.of("CRUDDUR_OBS_CONSOLE_TOKEN", "", "CRUDDUR_OBS_CONSOLE_PORT", " "))
                        .console()
                        .port())
                .isEqualTo(Console.DEFAULT_PORT);
    }

    private static ConsoleOptions parse(Map<String, String> environment, String... args) {
        return ConsoleOptions.parse(args, environment::get);
    }

    private int run(ConsoleMain.Running running, String... args) throws InterruptedException {
        return ConsoleMain.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                running);
    }

    private static int ping(int port) {
        try {
            return RawHttp.status(
                    RawHttp.exchange(port, "GET /api/ping HTTP/1.1", "Host: localhost:" + port, "Connection: close"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
