package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.cruddur.obs.spring.ObsProperties;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** What the pages show beside Java can be taken as it stands. */
class DataBlocksTest {
    private static final Pattern RELEASED = Pattern.compile("(?m)^## (\\d+\\.\\d+\\.\\d+\\S*)");

    static Stream<Page.Block> xml() throws IOException {
        return blocks("xml");
    }

    static Stream<Page.Block> json() throws IOException {
        return blocks("json");
    }

    static Stream<Page.Block> properties() throws IOException {
        return Stream.concat(blocks("properties"), blocks("yaml"));
    }

    private static Stream<Page.Block> blocks(String language) throws IOException {
        return Page.all().stream().flatMap(page -> page.blocks(language).stream());
    }

    @ParameterizedTest
    @MethodSource("xml")
    void xmlIsWellFormedAndItsDependenciesAreModulesOfThisVersion(Page.Block block) throws Exception {
        String version = documented(ofPom("version"), Files.readString(Page.ROOT.resolve("CHANGELOG.md")));
        for (Element dependency : ours(block)) {
            assertThat(Page.ROOT.resolve(text(dependency, "artifactId")).resolve("pom.xml"))
                    .as(block.at(1))
                    .exists();
            assertThat(text(dependency, "version")).as(block.at(1)).isIn("", "${cruddur-obs.version}", version);
        }
    }

    /** The dependencies of our group in a block. */
    private static List<Element> ours(Page.Block block) throws Exception {
        NodeList dependencies = parse("<all>" + block.text() + "</all>").getElementsByTagName("dependency");
        String group = ofPom("groupId");
        return IntStream.range(0, dependencies.getLength())
                .mapToObj(i -> (Element) dependencies.item(i))
                .filter(dependency -> text(dependency, "groupId").equals(group))
                .toList();
    }

    /** What the project's own pom says first, which is of itself. */
    private static String ofPom(String name) throws Exception {
        return parse(Files.readString(Page.ROOT.resolve("pom.xml")))
                .getElementsByTagName(name)
                .item(0)
                .getTextContent();
    }

    /** What people can have: this version, or while it is a snapshot the newest that is out, if one is. */
    private static String documented(String version, String changelog) {
        return version.endsWith("-SNAPSHOT")
                ? RELEASED.matcher(changelog)
                        .results()
                        .map(heading -> heading.group(1))
                        .findFirst()
                        .orElse(version)
                : version;
    }

    @ParameterizedTest
    @CsvSource({
        "0.1.0-SNAPSHOT, '## Unreleased', 0.1.0-SNAPSHOT",
        "0.1.0, '## Unreleased', 0.1.0",
        "0.2.0-SNAPSHOT, '## Unreleased|- New|## 0.1.1 (2027-01-01)|- Old|## 0.1.0 (2026-12-01)', 0.1.1",
        "0.2.0, '## Unreleased|## 0.1.0 (2026-12-01)', 0.2.0",
    })
    void afterAReleaseThePagesNameItUntilTheNext(String pom, String changelog, String expected) {
        assertThat(documented(pom, changelog.replace('|', '\n'))).isEqualTo(expected);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.substring(xml.indexOf('<')))));
    }

    private static String text(Element dependency, String name) {
        NodeList found = dependency.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonIsJson(Page.Block block) {
        assertThatCode(() -> new JsonMapper().readTree(block.text()))
                .as(block.at(1))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void propertiesOfOursHaveValuesThatTheyCanHave(Page.Block block) throws IOException {
        KnownNames known = KnownNames.read();
        Properties properties = properties(block);
        List<String> ours = properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("cruddur."))
                .toList();
        assertThat(ours)
                .as(block.at(1))
                .allSatisfy(name -> assertThat(known.isProperty(name.replaceAll("\\[.*", "")))
                        .as(name)
                        .isTrue());
        var binder = new Binder(new MapConfigurationPropertySource(properties));
        assertThatCode(() -> binder.bindOrCreate("cruddur.obs", ObsProperties.class))
                .as(block.at(1))
                .doesNotThrowAnyException();
    }

    private static Properties properties(Page.Block block) throws IOException {
        if (block.language().equals("yaml")) {
            var yaml = new YamlPropertiesFactoryBean();
            yaml.setResources(new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
            Properties all = new Properties();
            all.putAll(yaml.getObject() == null ? new Properties() : yaml.getObject());
            return all;
        }
        var properties = new Properties();
        properties.load(new StringReader(block.text()));
        return properties;
    }

    @Test
    void thereIsSomethingToLookAt() throws Exception {
        assertThat(xml()).hasSizeGreaterThan(4);
        int dependencies = 0;
        for (Page.Block block : xml().toList()) {
            dependencies += ours(block).size();
        }
        assertThat(dependencies).isGreaterThan(4);
        assertThat(json()).isNotEmpty();
        assertThat(properties()).isNotEmpty();
    }
}
