package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    })
    void aGlobStandsFor(String glob, String path, boolean matches) {
        assertThat(PathGlobs.of(List.of(glob)).match(path)).isEqualTo(matches);
    }
}
