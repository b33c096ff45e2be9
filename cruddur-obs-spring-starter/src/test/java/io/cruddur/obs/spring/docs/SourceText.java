package io.cruddur.obs.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's own source. */
final class SourceText {
    private SourceText() {}

    /** The Java of what is published. */
    static List<Path> published() throws IOException {
        return of("cruddur-obs-core", "cruddur-obs-servlet", "cruddur-obs-spring-starter", "cruddur-obs-console");
    }

    /** The Java, and what configures it, of all that runs. */
    static List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>(published());
        files.addAll(of("cruddur-obs-test", "examples", "benchmarks"));
        return files;
    }

    private static List<Path> of(String... modules) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : modules) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module))) {
                files.filter(file -> file.toString().contains("/src/main/")
                                && file.toString().matches(".*\\.(java|ya?ml|properties)"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
