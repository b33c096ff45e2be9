package io.cruddur.obs.spring.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of an application that was started and stopped, when all that stays knows nothing of it. */
@Timeout(600)
class RestartTest {
    /**
     * What others keep, however many rounds there are: Spring's proxy of a data source the class loader that came first, Boot
     * the last environment in Logback's context, the JDK's client that of its thread until it is collected.
     */
    static final int OTHERS = 4;

    /** Each is a start of Spring. */
    private static final int ROUNDS = Boolean.getBoolean("thorough") ? 50 : 7;

    /** Devtools' way, in which the starter stays. */
    @Test
    void nothingOfItStays() throws Exception {
        String said = rounds("io.cruddur.obs.spring.restart.RestartedApplication", ROUNDS);

        assertThat(left("class loaders", said)).isLessThanOrEqualTo(OTHERS);
        assertThat(left("threads", said)).isLessThanOrEqualTo(0);
        assertThat(left("sockets", said)).isLessThanOrEqualTo(2);
    }

    /** A container's way, where it has Spring, Logback and the AWS SDK for all: they know of those that were there before. */
    @Test
    void itStartsAgainWhereTheStarterGoesAndWhatItIsBuiltOnStays() throws Exception {
        String said = rounds("io.cruddur.", ROUNDS);

        assertThat(left("class loaders", said)).isLessThanOrEqualTo(OTHERS);
        assertThat(left("threads", said)).isLessThanOrEqualTo(0);
        assertThat(left("sockets", said)).isLessThanOrEqualTo(2);
    }

    private static String rounds(String classesThatGo, int count) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestartRounds.class.getName(),
                        String.valueOf(count),
                        classesThatGo)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static int left(String what, String said) {
        Matcher matcher = Pattern.compile(what + " left: (-?\\d+)").matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
