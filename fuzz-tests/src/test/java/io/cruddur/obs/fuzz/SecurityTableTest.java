package io.cruddur.obs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of docs/security.md names tests, by their methods, and these are there. */
class SecurityTableTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    @Test
    void eachRowOfTheTableNamesTestsThatAreThere() throws IOException {
        Path root = Path.of("..").toRealPath();
        Map<String, List<String>> tests = tests(root);
        var missing = new ArrayList<String>();
        var without = new ArrayList<String>();
        int named = 0;
        boolean inputs = false;
        for (String line : Files.readAllLines(root.resolve("docs/security.md"))) {
            if (line.startsWith("## ")) {
                inputs = line.equals("## What comes in");
            }
            // A row, and neither the heading of its table nor the line below that.
            if (!line.startsWith("| ") || line.startsWith("| input ")) {
                continue;
            }
            int before = named;
            for (Matcher name = NAMED.matcher(line); name.find(); named++) {
                // A class alone would be there whatever its tests became.
                String method = name.group(2);
                List<String> sources = tests.getOrDefault(name.group(1), List.of());
                if (method == null || sources.stream().noneMatch(source -> source.contains("void " + method + "("))) {
                    missing.add(name.group());
                }
            }
            if (inputs && named == before) {
                without.add(line);
            }
        }
        assertThat(named).isGreaterThan(50);
        assertThat(missing).isEmpty();
        assertThat(without).isEmpty();
    }

    /** Sources by the simple name, which several modules may have. */
    private static Map<String, List<String>> tests(Path root) throws IOException {
        var tests = new HashMap<String, List<String>>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/test/java");
                if (!Files.isDirectory(sources)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(f -> f.toString().endsWith("Test.java"))
                            .toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        tests.computeIfAbsent(name, missing -> new ArrayList<>())
                                .add(Files.readString(file));
                    }
                }
            }
        }
        return tests;
    }
}
