package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody who follows a link of the pages ends nowhere. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern MENTION = Pattern.compile("(?<![\\w/])docs/[\\w-]+\\.md");

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            List<String> prose = page.prose();
            for (int i = 0; i < prose.size(); i++) {
                Matcher link = LINK.matcher(CODE.matcher(prose.get(i)).replaceAll("code"));
                while (link.find()) {
                    links++;
                    if (!leadsSomewhere(page, link.group(1))) {
                        broken.add(page.name() + ":" + (i + 1) + ": " + link.group(1));
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(50);
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) throws IOException {
        if (target.startsWith("https://") || target.startsWith("http://")) {
            return URI.create(target).getHost() != null;
        }
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file =
                path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
        return Files.exists(file)
                && (hash < 0 || Page.of(file.toString()).anchors().contains(target.substring(hash + 1)));
    }

    @Test
    void theIndexHasEveryPage() throws IOException {
        String index = String.join("\n", Page.of("docs/README.md").prose());
        Set<String> linked = new HashSet<>();
        LINK.matcher(index).results().forEach(link -> linked.add(link.group(1)));
        try (Stream<Path> pages = Files.list(Page.ROOT.resolve("docs"))) {
            assertThat(pages.map(page -> page.getFileName().toString())
                            .filter(page -> page.endsWith(".md") && !page.equals("README.md")))
                    .isSubsetOf(linked);
        }
    }

    /** A picture that nobody sees is not made anew when what it shows changes. */
    @Test
    void eachPictureIsShown() throws IOException {
        Set<Path> shown = new HashSet<>();
        for (Page page : Page.all()) {
            LINK.matcher(String.join("\n", page.prose()))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> link.endsWith(".png"))
                    .forEach(link -> shown.add(page.file().resolveSibling(link).normalize()));
        }
        try (Stream<Path> pictures = Files.list(Page.ROOT.resolve("docs/images"))) {
            assertThat(pictures.filter(picture -> picture.toString().endsWith(".png")))
                    .isNotEmpty()
                    .isSubsetOf(shown);
        }
    }

    @Test
    void aPageThatIsMentionedIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String line : page.lines()) {
                MENTION.matcher(line)
                        .results()
                        .map(mention -> mention.group())
                        .filter(mention -> !Files.exists(Page.ROOT.resolve(mention)))
                        .forEach(mention -> missing.add(page.name() + ": " + mention));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void anchorsAreMadeAsGitHubMakesThem() throws IOException {
        assertThat(Page.of("docs/tracing.md").anchors()).contains("where-it-runs", "in-lambda");
    }
}
