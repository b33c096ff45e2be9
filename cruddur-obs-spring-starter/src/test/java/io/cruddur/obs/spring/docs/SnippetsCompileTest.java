package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All Java that a page shows is Java that compiles against what is built here. */
class SnippetsCompileTest {
    private final Snippets snippets = new Snippets();

    @Test
    void theJavaOfEveryPageCompiles() throws IOException {
        List<Page.Block> blocks = Page.all().stream()
                .flatMap(page -> page.blocks("java").stream())
                .toList();
        assertThat(blocks.size()).isGreaterThan(15);
        assertThat(snippets.problems(blocks)).isEmpty();
    }

    @Test
    void whatDoesNotCompileIsNamedByItsPlace() throws IOException {
        Page page = Page.of("README.md");
        List<Page.Block> blocks = List.of(
                new Page.Block(page, 10, "java", "class Fine {}\n"),
                new Page.Block(page, 20, "java", "void fine() {}\nObs stays;\n"),
                new Page.Block(page, 30, "java", "obs.trace(\"fine\").run(() -> {});\nobs.no(\"such\");\n"),
                new Page.Block(page, 40, "java", "import java.util.No;\nclass Missing {}\n"));

        assertThat(snippets.problems(blocks))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).startsWith("README.md:31: cannot find symbol"))
                .anySatisfy(problem -> assertThat(problem).contains("class No"));
    }
}
