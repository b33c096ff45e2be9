package io.cruddur.obs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

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

    /** Logs an exception; gives how many items were made of it. */
    public static final class LoggingProbe implements Callable<List<String>> {
        @Override
        public List<String> call() {
            try (Obs obs = Obs.builder()
                    .logGroup("group")
                    .region("us-east-1")
                    .rollbarToken("token")
                    .rollbarEndpoint(URI.create("http://127.0.0.1:9/"))
                    .shutdownTimeout(java.time.Duration.ZERO)
                    .build()) {
                LoggerFactory.getLogger("app").error("saving failed", new IllegalStateException("no such bean"));
                return List.of(String.valueOf(obs.errorCounts().items()));
            }
        }
    }

    @Test
    void withoutTheAwsSdkWhatIsLoggedIsReportedAllTheSame() throws Exception {
        assertThat(callWithout("awssdk", LoggingProbe.class)).isEqualTo(List.of("1"));
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
        assertThat(callWithout(excluded, Probe.class)).isEqualTo(List.of(left.split(" ")));
    }

    private static Object callWithout(String excluded, Class<?> probe) throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.replace('\\', '/').matches(".*/[^/]*\\b" + excluded + "\\b.*"))
                .map(ExcludedSdkTest::url)
                .toArray(URL[]::new);
        try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Object inside = loader.loadClass(probe.getName()).getConstructor().newInstance();
            return Objects.requireNonNull(((Callable<?>) inside).call());
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
