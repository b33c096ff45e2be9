package io.cruddur.obs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.delivery.spool.SpoolTarget;
import io.cruddur.obs.propagation.HeadersTarget;
import io.cruddur.obs.sampling.RulesTarget;
import io.cruddur.obs.xray.AnswerTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hostile input for each parser: the kept inputs and edits of them, and with {@code -Pthorough} ten minutes
 * of Jazzer, which looks for new ways through the code. What it finds is to be added to {@code src/test/corpus};
 * {@code -Dcruddur.fuzz.seed} chooses other edits, {@code -Dcruddur.fuzz.seconds} another time.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("cruddur.fuzz.seed", 20261127);
    private static final int SECONDS = Integer.getInteger("cruddur.fuzz.seconds", 600);
    private static final Path CORPUS = Path.of("src/test/corpus");
    private static final Path NEW_INPUTS = Path.of("target/fuzz");

    private interface Target {
        void accept(byte[] input) throws Exception;
    }

    private enum Parser {
        HEADERS(HeadersTarget.class, HeadersTarget::fuzzerTestOneInput, 20_000),
        DATAGRAMS(DatagramsTarget.class, DatagramsTarget::fuzzerTestOneInput, 20_000),
        CONSOLE(ConsoleTarget.class, ConsoleTarget::fuzzerTestOneInput, 2_000),
        SPOOL(SpoolTarget.class, SpoolTarget::fuzzerTestOneInput, 200),
        RULES(RulesTarget.class, RulesTarget::fuzzerTestOneInput, 20_000),
        ANSWER(AnswerTarget.class, AnswerTarget::fuzzerTestOneInput, 20_000);

        private final Class<?> type;
        private final Target target;
        private final int edits;

        Parser(Class<?> type, Target target, int edits) {
            this.type = type;
            this.target = target;
            this.edits = edits;
        }

        Path corpus() {
            return CORPUS.resolve(name().toLowerCase(Locale.ROOT));
        }

        List<Path> inputs() throws IOException {
            try (Stream<Path> files = Files.list(corpus())) {
                return files.sorted().toList();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Parser.class)
    void everyKeptInputIsTakenOrRefused(Parser parser) throws IOException {
        List<Path> inputs = parser.inputs();
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            run(parser, Files.readAllBytes(input), input.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Parser.class)
    void soAreEditsOfThem(Parser parser) throws IOException {
        var random = new Random(SEED);
        var inputs = new ArrayList<byte[]>();
        for (Path input : parser.inputs()) {
            inputs.add(Files.readAllBytes(input));
        }
        for (int i = 0; i < parser.edits; i++) {
            byte[] edited = Edits.of(inputs, random);
            run(parser, edited, "seed " + SEED + ", edit " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(Parser.class)
    @EnabledIfSystemProperty(named = "thorough", matches = "true")
    void soIsWhatJazzerFinds(Parser parser) throws Exception {
        String name = parser.name().toLowerCase(Locale.ROOT);
        Path folder = NEW_INPUTS.toAbsolutePath();
        Path found = Files.createDirectories(folder.resolve(name));
        Path output = folder.resolve(name + ".log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + parser.type.getName(),
                        "--instrumentation_includes=io.cruddur.obs.**",
                        // One target is a client of the console, on loopback.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                        "--keep_going=1",
                        "--reproducer_path=" + folder,
                        "-max_total_time=" + SECONDS,
                        "-max_len=65536",
                        "-artifact_prefix=" + found + "-",
                        found.toString(),
                        parser.corpus().toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = jazzer.waitFor();
        List<String> said = Files.readAllLines(output);
        List<String> last = said.subList(Math.max(0, said.size() - 40), said.size());
        assertThat(exit).as("%s%n%s", output, String.join("\n", last)).isZero();
        assertThat(said).anyMatch(line -> line.contains("Done ") && line.contains(" runs in "));
        System.out.println(parser + ": " + last.get(last.size() - 1));
    }

    private static void run(Parser parser, byte[] input, String name) {
        try {
            parser.target.accept(input);
        } catch (Throwable broken) {
            throw new AssertionError(parser + ", " + name, broken);
        }
    }
}
