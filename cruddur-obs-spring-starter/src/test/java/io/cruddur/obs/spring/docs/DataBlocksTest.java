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
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        NodeList dependencies = parse("<all>" + block.text() + "</all>").getElementsByTagName("dependency");
        String version = parse(Files.readString(Page.ROOT.resolve("pom.xml")))
                .getElementsByTagName("version")
                .item(0)
                .getTextContent();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals("io.cruddur.obs")) {
                assertThat(Page.ROOT.resolve(text(dependency, "artifactId")).resolve("pom.xml"))
                        .as(block.at(1))
                        .exists();
                assertThat(text(dependency, "version")).as(block.at(1)).isIn("", "${cruddur-obs.version}", version);
            }
        }
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
    void thereIsSomethingToLookAt() throws IOException {
        assertThat(xml()).hasSizeGreaterThan(4);
        assertThat(json()).isNotEmpty();
        assertThat(properties()).isNotEmpty();
    }
}
