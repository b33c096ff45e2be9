package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.util.ServerInfo;
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import tools.jackson.core.json.PackageVersion;

/** docs/compatibility.md has the versions that are on the class path and in the poms, each in its own row. */
class CompatibilityTest {

    @Test
    void eachRowHasTheVersionsThatAreRun() throws IOException {
        assertThat(versions("Spring Boot"))
                .isEqualTo(property("spring-boot.version") + ", " + property("spring-boot.oldest.version"))
                .startsWith(SpringBootVersion.getVersion() + ",");
        assertThat(versions("Spring Framework")).isEqualTo(SpringVersion.getVersion());
        assertThat(versions("Logging"))
                .isEqualTo(
                        "Logback " + implementation(LoggerContext.class) + ", SLF4J " + implementation(Logger.class));
        assertThat(versions("Kafka, JMS, R2DBC, JPA, Batch, Security"))
                .isEqualTo("as Spring Boot " + property("spring-boot.version") + " brings them");
        assertThat(versions("Jackson")).isEqualTo(PackageVersion.VERSION.toString());
        assertThat(versions("AWS SDK for Java 2")).isEqualTo(property("aws-sdk.version"));
        assertThat(versions("X-Ray SDK for Java")).isEqualTo(property("xray-sdk.version"));
        assertThat(versions("rollbar-java")).isEqualTo(property("rollbar.version"));
        assertThat(versions("OpenTelemetry protocol"))
                .isEqualTo("opentelemetry-proto " + property("opentelemetry-proto.version"));
    }

    @Test
    void soHaveTheNotesBesideThem() throws IOException {
        String pom = Files.readString(Page.ROOT.resolve("pom.xml"));
        assertThat(row("X-Ray SDK for Java").get(2))
                .contains("`-aws-sdk-v2` and `-apache-http` " + artifact(pom, "aws-xray-recorder-sdk-aws-sdk-v2"))
                .contains("`-apache-http` " + artifact(pom, "aws-xray-recorder-sdk-apache-http"))
                .contains("`-sql` " + artifact(pom, "aws-xray-recorder-sdk-sql"));
        String servlet = Files.readString(Page.ROOT.resolve("cruddur-obs-servlet/pom.xml"));
        assertThat(row("Servlet API").get(2))
                .contains("Tomcat " + minor(ServerInfo.getServerNumber(), 1) + ",")
                .contains("Jetty " + minor(Jetty.VERSION, 2) + " ")
                .endsWith("Undertow " + minor(found("<undertow.version>([^<]+)<", servlet), 2));
        assertThat(row("Spring Boot").get(2))
                .contains("the gate on " + property("spring-boot.version"))
                .contains("compiled against " + property("spring-boot.oldest.version"));
        assertThat(property("spring-boot.oldest.version"))
                .isEqualTo(found(
                        "<spring-boot.version>([^<]+)<", Files.readString(Page.ROOT.resolve("boot40-tests/pom.xml"))));
    }

    private static String versions(String what) throws IOException {
        return row(what).get(1);
    }

    /** The cells of the row that begins so. */
    private static List<String> row(String what) throws IOException {
        String line = Page.of("docs/compatibility.md").lines().stream()
                .filter(row -> row.startsWith("| " + what + " |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row '" + what + "'"));
        return Pattern.compile("\\|")
                .splitAsStream(line.substring(1))
                .map(String::strip)
                .toList();
    }

    private static String property(String name) throws IOException {
        return found("<" + Pattern.quote(name) + ">([^<$]+)<", Files.readString(Page.ROOT.resolve("pom.xml")));
    }

    private static String artifact(String pom, String name) {
        return found("<artifactId>" + name + "</artifactId>\\s*<version>([^<]+)<", pom);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    /** The first numbers of a version, so many of them. */
    private static String minor(String version, int numbers) {
        return found("^(\\d+(?:\\.\\d+){" + (numbers - 1) + "})", version);
    }

    private static String implementation(Class<?> type) {
        return Objects.requireNonNull(type.getPackage().getImplementationVersion());
    }
}
