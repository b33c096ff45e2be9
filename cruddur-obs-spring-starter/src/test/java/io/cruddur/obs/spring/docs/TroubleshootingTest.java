package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each line that the library logs about itself is explained on docs/troubleshooting.md, by its level and the beginning of
 * its words, in which three dots in one stand for what varies; and nothing is explained there that is not said any more.
 */
class TroubleshootingTest {
    private static final Pattern ENTRY = Pattern.compile("\\*\\*(INFO|WARN|ERROR)\\*\\*\\s+`([^`]+)`");

    /** Calls whose words come from elsewhere, by their file; the words are on the page, and in some source, as here. */
    private static final Map<String, List<String>> SAID_ELSEWHERE = Map.of(
            "ObsFactory.java", List.of("Cruddur Obs sends no traces: "),
            "Outage.java", List.of("X-Ray's sampling rules cannot be read from the daemon at "),
            "RateLimitedLog.java", List.of(),
            "UnknownPropertyCheck.java", List.of("There is no property "));

    private static List<LogMessages.Message> said = List.of();
    private static List<Entry> explained = List.of();

    /** What the page explains. */
    record Entry(String level, String words) {
        boolean explains(LogMessages.Message message) {
            return level.equals(message.level()) && message.words().startsWith(words);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        said = LogMessages.inTheSource();
        String page = Files.readString(Page.ROOT.resolve("docs/troubleshooting.md"));
        explained = ENTRY.matcher(page)
                .results()
                .map(entry -> new Entry(entry.group(1), entry.group(2)))
                .toList();
    }

    @Test
    void everyLineThatIsLoggedIsExplained() {
        assertThat(said).hasSizeGreaterThan(40);
        assertThat(said.stream()
                        .filter(LogMessages.Message::hasWords)
                        .filter(message -> explained.stream().noneMatch(entry -> entry.explains(message)))
                        .map(message -> message.source() + " logs " + message.level() + " '" + message.words()
                                + "': explain it in docs/troubleshooting.md"))
                .isEmpty();
    }

    @Test
    void whatIsExplainedIsLogged() {
        assertThat(explained.stream()
                        .filter(entry -> said.stream().noneMatch(entry::explains))
                        .filter(entry -> wordsFromElsewhere().stream()
                                .noneMatch(words -> words.startsWith(entry.words())
                                        || entry.words().startsWith(words)))
                        .map(Entry::words))
                .as("explained in docs/troubleshooting.md, and said nowhere")
                .isEmpty();
    }

    @Test
    void wordsFromElsewhereAreKnownAndExplained() throws IOException {
        Set<String> wordless = said.stream()
                .filter(message -> !message.hasWords())
                .map(LogMessages.Message::source)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wordless)
                .as("log words that the source does not show at the call: add them to SAID_ELSEWHERE")
                .isSubsetOf(SAID_ELSEWHERE.keySet());
        List<String> sources = new ArrayList<>();
        for (Path file : SourceText.published()) {
            sources.add(Files.readString(file));
        }
        assertThat(wordsFromElsewhere())
                .allSatisfy(words -> assertThat(sources).anyMatch(source -> source.contains('"' + words)))
                .allSatisfy(words ->
                        assertThat(explained).anyMatch(entry -> entry.words().startsWith(words)));
    }

    private static List<String> wordsFromElsewhere() {
        return SAID_ELSEWHERE.values().stream().flatMap(List::stream).toList();
    }
}
