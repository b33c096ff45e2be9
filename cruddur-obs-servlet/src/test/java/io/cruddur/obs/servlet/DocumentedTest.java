package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/servlet.md says is so. */
class DocumentedTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsCodeIsCompiled() throws IOException {
        String compiled = words(Files.readString(Path.of("src/test/java/io/cruddur/obs/servlet/ServletSnippets.java")));
        List<String> snippets = JAVA.matcher(document())
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .toList();

        assertThat(snippets)
                .hasSizeGreaterThan(3)
                .allSatisfy(snippet -> assertThat(compiled).contains(words(snippet)));
    }

    @Test
    void itsListOfWhatIsLeftOutIsTheList() throws IOException {
        PathGlobs defaults = PathGlobs.of(List.of("defaults"));
        String document = document();
        String section = document.substring(document.indexOf("## What is left out"), document.indexOf("## Whom"));
        String list = section.substring(section.indexOf("stands for\n\n-"), section.indexOf("It is the default"));
        List<String> named = Pattern.compile("`([a-z0-9/*]+)`")
                .matcher(list)
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(named).hasSize(PathGlobs.DEFAULTS.size());
        assertThat(named)
                .allSatisfy(name -> assertThat(
                                defaults.match(name.startsWith("/") ? name.replace("**", "x") : "/a/file." + name))
                        .isTrue());
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("../docs/servlet.md"));
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
