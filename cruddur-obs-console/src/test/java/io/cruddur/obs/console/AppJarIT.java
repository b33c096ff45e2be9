package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runnable jar, as it is packaged: what is left out of it may not be what the page needs. */
class AppJarIT {

    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/(?:page|lib)/[^\"]+)\"");

    /** The time is told, not tested: machines differ. */
    @Test
    void itSoonAnswersAndHasAllOfThePage() throws Exception {
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (ConsoleProcess process = new ConsoleProcess(List.of("-jar", jar().toString()))) {
                assertThat(process.get("/api/ping")).contains("\"cruddur-obs\"");
                starts.add(process.millisSinceItsStart());
            }
        }
        try (ConsoleProcess process = new ConsoleProcess(List.of("-jar", jar().toString()))) {
            List<String> files = new ArrayList<>(List.of("/lib/dagre/dist/dagre.min.js"));
            Matcher file = FILE.matcher(process.get("/page/index.html"));
            while (file.find()) files.add(file.group(1));
            assertThat(files).hasSizeGreaterThan(40);
            for (String path : files) {
                assertThat(RawHttp.status(process.get(path))).as(path).isEqualTo(200);
            }
            assertThat(process.get("/api/traces")).contains("{\"traces\":[],");
        }
        System.out.printf("The runnable jar: first answer after %.0f ms, of three starts%n", median(starts));
    }

    private static double median(List<Double> three) {
        return three.stream().sorted().toList().get(1);
    }

    private static Path jar() throws Exception {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("target"), "*-app.jar")) {
            return jars.iterator().next();
        }
    }
}
