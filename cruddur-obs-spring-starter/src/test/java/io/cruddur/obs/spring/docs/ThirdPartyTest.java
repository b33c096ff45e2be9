package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * docs/third-party.md has every library that a module which is published names; what comes with these, only {@code
 * release/check} sees.
 */
class ThirdPartyTest {
    @Test
    void everyLibraryOfOurPomsIsOnThePage() throws Exception {
        Set<String> missing = new TreeSet<>();
        int seen = 0;
        List<String> lines = Page.of("docs/third-party.md").lines();
        for (Path folder : published()) {
            String module = folder.getFileName().toString().replace("cruddur-obs-", "");
            for (String library : libraries(folder.resolve("pom.xml"))) {
                seen++;
                if (lines.stream()
                        .noneMatch(row -> row.startsWith("| " + library + " | ")
                                && modules(row).contains(module))) {
                    missing.add(library + ", of " + module);
                }
            }
        }
        assertThat(seen).isGreaterThan(20);
        assertThat(missing).as("release/check --write-licences").isEmpty();
    }

    private static List<String> modules(String row) {
        String[] cells = row.split(" \\| | \\|$");
        return List.of(cells[cells.length - 1].split(", "));
    }

    private static List<Path> published() throws IOException {
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            return modules.filter(module -> module.getFileName().toString().startsWith("cruddur-obs-"))
                    .filter(module -> Files.exists(module.resolve("pom.xml")))
                    .toList();
        }
    }

    /** What others' modules come along: optional ones too, but none of tests, and none that is there anyway. */
    private static List<String> libraries(Path pom) throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        return children(project, "dependencies").stream()
                .flatMap(dependencies -> children(dependencies, "dependency").stream())
                .filter(dependency -> !Set.of("test", "provided").contains(text(dependency, "scope")))
                .filter(dependency -> !text(dependency, "artifactId").startsWith("cruddur-obs-"))
                .map(dependency -> text(dependency, "groupId") + ":" + text(dependency, "artifactId"))
                .toList();
    }

    private static String text(Element in, String name) {
        return children(in, name).stream().map(Node::getTextContent).findFirst().orElse("");
    }

    private static List<Element> children(Element of, String name) {
        NodeList all = of.getChildNodes();
        return Stream.iterate(0, i -> i < all.getLength(), i -> i + 1)
                .map(all::item)
                .filter(child -> child instanceof Element && child.getNodeName().equals(name))
                .map(child -> (Element) child)
                .toList();
    }
}
