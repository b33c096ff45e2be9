package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files and modules that the commands of the pages name are there. */
class CommandsTest {
    private static final Pattern MODULES = Pattern.compile("(?<=\\bmvn\\b.{0,80} -pl )[\\w,/-]+");
    /** The modules that a command puts into the local repository. */
    private static final Pattern INSTALLED = Pattern.compile("\\bmvn\\b[^\\n]* install\\b[^\\n]*? -pl ([\\w,/-]+)");

    private static final Set<String> LANGUAGES = Set.of("", "shell");
    private static final Pattern FILE = Pattern.compile("(?<=file://)(?!/)[\\w./-]+");
    private static final Pattern SCRIPT =
            Pattern.compile("(?m)^(?:aws|benchmarks|consumers|release)/[\\w-]+\\b(?!\\.)");

    /** A jar of ours by its version, which the next one does not have. */
    private static final Pattern JAR = Pattern.compile("target/cruddur-obs-[a-z-]+\\d\\S*\\.jar");

    @Test
    void noCommandNamesAJarByItsVersion() throws IOException {
        assertThat("java -jar a/target/cruddur-obs-console-0.1.0-SNAPSHOT-app.jar")
                .containsPattern(JAR);
        for (Page page : Page.all()) {
            assertThat(String.join("\n", page.lines())).as(page.name()).doesNotContainPattern(JAR);
        }
    }

    @Test
    void whatCommandsNameIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int seen = 0;
        for (Page page : Page.all()) {
            for (Page.Block block : commands(page)) {
                List<String> named = named(block.text()).toList();
                seen += named.size();
                named.stream()
                        .filter(name -> !Files.exists(Page.ROOT.resolve(name)))
                        .forEach(name -> missing.add(block.at(1) + ": " + name));
            }
        }
        assertThat(seen).isGreaterThan(5);
        assertThat(missing).isEmpty();
    }

    /** Our poms import it, and {@code -am} does not follow imports: what is installed without it cannot be read. */
    @Test
    void whatIsInstalledHasTheBillOfMaterialsWithIt() throws IOException {
        List<String> installed = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Block block : commands(page)) {
                INSTALLED
                        .matcher(block.text().replace("\\\n", " "))
                        .results()
                        .map(modules -> modules.group(1))
                        .forEach(installed::add);
            }
        }
        assertThat("mvn -q install -pl cruddur-obs-core -am").containsPattern(INSTALLED);
        assertThat(installed)
                .allSatisfy(modules -> assertThat(modules.split(",")).contains("cruddur-obs-bom"));
    }

    private static List<Page.Block> commands(Page page) {
        return page.blocks().stream()
                .filter(block -> LANGUAGES.contains(block.language()))
                .toList();
    }

    private static Stream<String> named(String commands) {
        String joined = commands.replace("\\\n", " ");
        return Stream.of(
                        MODULES.matcher(joined)
                                .results()
                                .flatMap(modules -> Stream.of(modules.group().split(",")))
                                .map(module -> module + "/pom.xml"),
                        FILE.matcher(joined).results().map(MatchResult::group),
                        SCRIPT.matcher(joined).results().map(MatchResult::group))
                .flatMap(names -> names);
    }
}
