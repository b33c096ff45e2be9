package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths a glob stands for. */
class PathGlobsTest {

    @ParameterizedTest
    @CsvSource({
        "/health, /health, true",
        "/health, /health/live, false",
        "/health, /Health, false",
        "/a/*, /a/b, true",
        "/a/*, /a/, true",
        "/a/*, /a, false",
        "/a/*, /a/b/c, false",
        "/a/**, /a, true",
        "/a/**, /a/b/c, true",
        "/a/**, /ab, false",
        "/**, /anything/at/all, true",
        "/*.css, /main.css, true",
        "/*.css, /mainxcss, false",
        "/**/*.css, /deep/down/main.css, true",
        "/a/*/c, /a/b/c, true",
        "/a/*/c, /a/b/b/c, false",
        "/**/*.css, /main.css, true",
        "/**.css, /a/b/main.css, true",
        "/**.css, /.css, true",
        "/**.css, /main.css/x, false",
        "/a/**/b, /a/b, true",
        "/a/**/b, /a/x/y/b, true",
        "/a/**/b, /axb, false",
        "/a*b*c, /axbxc, true",
        "/a*b*c, /axb/c, false",
        "/*, /, true",
        "/**, /, true",
        "defaults, /actuator/health, true",
        "defaults, /health, true",
        "defaults, /favicon.ico, true",
        "defaults, /webjars/a/b.txt, true",
        "defaults, /assets/site.css, true",
        "defaults, /api/health-check, false",
        "defaults, /healthy, false",
    })
    void aGlobStandsFor(String glob, String path, boolean matches) {
        assertThat(PathGlobs.of(List.of(glob)).match(path)).isEqualTo(matches);
    }

    /** As a regular expression would have it, slowly. */
    private static Pattern reference(String glob) {
        String regex = glob.replaceAll("/\\*\\*$", "(/.@)?")
                .replace("/**/", "/(.@/)?")
                .replace("**", ".@")
                .replace("*", "[^/]*")
                .replace("@", "*");
        return Pattern.compile(regex);
    }

    private static String random(Random random, String letters, int most) {
        var text = new StringBuilder("/");
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aGlobMatchesAsItsRegularExpressionDoes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String glob = random(random, "ab/*", 9)
                    .replaceAll("\\*{3,}", "**")
                    .replaceAll("/+", "/")
                    .replaceAll("(/\\*\\*)+", "/**");
            String path = random(random, "ab/", 12);
            assertThat(PathGlobs.of(List.of(glob)).match(path))
                    .as("%s for %s, seed %s", glob, path, seed)
                    .isEqualTo(reference(glob).matcher(path).matches());
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHostilePathTakesNoLongerThanItsLength() {
        PathGlobs globs = PathGlobs.of(List.of("/*a*a*a*a*a*a*a*a*b", "/**a**a**a**a**a**a**a**b"));

        assertThat(globs.match("/" + "a".repeat(8_000))).isFalse();
    }
}
