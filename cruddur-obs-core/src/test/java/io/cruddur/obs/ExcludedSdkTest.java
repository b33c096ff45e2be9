package io.cruddur.obs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each back end's library may be left out; the rest goes on. */
class ExcludedSdkTest {

    /** Runs inside the class loader that lacks a library; reached by its name only. */
    public static final class Probe implements Callable<List<String>> {
        @Override
        public List<String> call() {
            try (Obs obs = Obs.builder()
                    .xrayDaemon("127.0.0.1:9")
                    .logGroup("group")
                    .region("us-east-1")
                    .rollbarToken("token")
                    .shutdownTimeout(java.time.Duration.ZERO)
                    .build()) {
                obs.trace("root").run(() -> obs.error("still works").report());
                return obs.report().sinks().stream()
                        .map(DeliveryReport.Sink::name)
                        .toList();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, xray rollbar cloudwatch",
        "rollbar, xray cloudwatch",
        "awssdk, xray rollbar",
        "logback, xray rollbar cloudwatch",
        "recorder, xray rollbar cloudwatch",
    })
    void isSkippedAndTheRestGoesOn(String excluded, String left) throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.replace('\\', '/').matches(".*/[^/]*\\b" + excluded + "\\b.*"))
                .map(ExcludedSdkTest::url)
                .toArray(URL[]::new);
        try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Object probe =
                    loader.loadClass(Probe.class.getName()).getConstructor().newInstance();
            Object sinks = ((Callable<?>) probe).call();
            assertThat(Objects.requireNonNull(sinks)).isEqualTo(List.of(left.split(" ")));
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
