package io.cruddur.obs.rollbar;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.error.ClientAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an item says beside the error. */
class ItemPartsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "203.0.113.9,                 203.0.113.0",
                "2001:db8:85a3:8d3:1319::1,   2001:db8:85a3::",
                "2001:db8::1,                 2001:db8::",
                "::1,                         ::",
                "fe80::1%eth0,                fe80::",
                "unix:,                       none",
                "not an address,              none",
                "-,                           none",
            })
    void anAnonymizedAddressIsItsNetwork(String address, @Nullable String expected) {
        assertThat(Addresses.of(address, ClientAddress.ANONYMIZED)).isEqualTo(expected);
    }

    @Test
    void anAddressIsLeftOutUnlessItIsAskedFor() {
        assertThat(Addresses.of("203.0.113.9", ClientAddress.OFF)).isNull();
        assertThat(Addresses.of("203.0.113.9", ClientAddress.FULL)).isEqualTo("203.0.113.9");
        assertThat(Addresses.of(null, ClientAddress.FULL)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#xray:traces/1-2-3",
        "cn-north-1, https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#xray:traces/1-2-3",
        "us-gov-west-1, https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#xray:traces/1-2-3",
    })
    void aTraceIsInTheConsoleOfItsPartition(String region, String expected) {
        assertThat(new ItemLinks(region, null).xray("1-2-3")).isEqualTo(expected);
    }

    @Test
    void aLinkToNowhereIsNone() {
        assertThat(new ItemLinks(null, null).xray("1-2-3")).isNull();
        assertThat(new ItemLinks(null, null).console("1-2-3")).isNull();
        assertThat(new ItemLinks(null, URI.create("http://localhost:2000")).console("1-2-3"))
                .isEqualTo("http://localhost:2000/#/traces/1-2-3");
    }

    @Test
    void theVersionIsTheCommitOfTheBuild(@TempDir Path classes) throws IOException {
        Files.writeString(
                classes.resolve("git.properties"),
                "git.commit.id.abbrev=3da5415\ngit.commit.id=3da541559918a808c2402bba5012f6c60b27661c\n");
        try (var application = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            assertThat(new CodeVersion(application, "").find()).isEqualTo("3da541559918a808c2402bba5012f6c60b27661c");
        }
    }

    @Test
    void elseThatOfTheJarThatWasStarted(@TempDir Path directory) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "2.1.12");
        Path jar = directory.resolve("app.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        try (var none = new URLClassLoader(new URL[0], null)) {
            assertThat(new CodeVersion(none, jar + " --server.port=0").find()).isEqualTo("2.1.12");
            assertThat(new CodeVersion(none, "no.such.Main").find()).isNull();
            assertThat(new CodeVersion(none, "gone.jar").find()).isNull();
            assertThat(new CodeVersion(none, "").find()).isNull();
        }
    }
}
