package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/** The program that makes traffic, as one starts it: from its source. */
@LocalBackendTest
@DirtiesContext // lists show the newest: after its hundreds of writes no other test would find its own
class TrafficTest {
    private record Run(int exitCode, String output) {}

    @LocalServerPort
    private int port;

    @Test
    void everyAnswerIsTheContracts() throws Exception {
        // Fewer than the ten connections to the database: a wait of two seconds for one is a 503 by the contract.
        Run run = traffic(
                "--url", "http://127.0.0.1:" + port, "--rate", "0", "--duration", "3", "--seed", "7", "--users", "8");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("   2 s +\\d+/s  200 \\d+")
                .containsPattern("(?m)^\\d+ requests in [\\d.]+ s, \\d+/s  200 \\d+ .*422 \\d+ .*median [\\d.]+ ms")
                .doesNotContain("not as expected");
    }

    @Test
    void whatIsNotTheContractsIsSaid() throws Exception {
        // A path before which there is nothing: all is 404.
        Run run = traffic("--url", "http://127.0.0.1:" + port + "/nothing", "--rate", "50", "--duration", "1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("no tokens there, so reading only")
                .containsPattern("not as expected: home answered 404 and not 200, \\d+ times");
    }

    @Test
    void helpNamesOptionsAndActions() throws Exception {
        Run run = traffic("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("--rate N", "--duration S", "Actions: home, notifications, search");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate x             | The option --rate is a number from 0 to 100000; it was x.",
                "--rate               | The option --rate wants a value.",
                "--speed 5            | There is no option --speed.",
                "--only dance         | There is no action dance; there are home,",
                "--url localhost      | The --url is such as http://localhost:4567; it was localhost.",
                "--url http://127.0.0.1:1 | Nobody answers at http://127.0.0.1:1."
            })
    void badOptionsAreSaidWithTheValidForm(String arguments, String complaint) throws Exception {
        Run run = traffic(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).startsWith(complaint).doesNotContain("\tat ");
    }

    private static Run traffic(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "traffic/Traffic.java"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
