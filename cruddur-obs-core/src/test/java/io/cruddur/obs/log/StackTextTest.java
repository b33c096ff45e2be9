package io.cruddur.obs.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.capture.CapturedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTextTest {
    private static final StackText PLAIN = new StackText(List.of(), false);
    private static final StackText FOLDED = new StackText(LineSettings.FOLDED_BY_DEFAULT, false);

    private static String printed(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing().replace("\r\n", "\n");
    }

    private static Exception thrown() {
        try {
            inner();
            throw new AssertionError();
        } catch (IllegalStateException e) {
            var outer = new Exception("outer", e);
            outer.addSuppressed(new Exception("suppressed", new Error("its cause")));
            return outer;
        }
    }

    private static void inner() {
        throw new IllegalStateException("inner");
    }

    @Test
    void withoutFoldingItIsWhatJavaPrints() {
        Exception thrown = thrown();
        assertThat(PLAIN.render(CapturedException.of(thrown))).isEqualTo(printed(thrown));
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, "File.java", line);
    }

    private static Exception with(StackTraceElement... stack) {
        var exception = new Exception("e");
        exception.setStackTrace(stack);
        return exception;
    }

    @Test
    void aRunOfFramesThatOnlySayHowItWasReachedIsOneLine() {
        Exception thrown = with(
                frame("java.lang.reflect.Method", "invoke", 1),
                frame("app.Home", "all", 2),
                frame("java.lang.reflect.Method", "invoke", 3),
                frame("app.Home$$SpringCGLIB$$0", "all", 4),
                frame("org.springframework.aop.framework.A", "proceed", 5),
                frame("app.Web", "get", 6),
                frame("java.lang.reflect.Method", "invoke", 7),
                frame("app.Main", "main", 8));
        assertThat(FOLDED.render(CapturedException.of(thrown))).isEqualTo("""
                        java.lang.Exception: e
                        \tat java.lang.reflect.Method.invoke(File.java:1)
                        \tat app.Home.all(File.java:2)
                        \t... 3 frames of java.lang.reflect, generated classes, org.springframework.aop folded
                        \tat app.Web.get(File.java:6)
                        \tat java.lang.reflect.Method.invoke(File.java:7)
                        \tat app.Main.main(File.java:8)""");
        assertThat(PLAIN.render(CapturedException.of(thrown))).doesNotContain("folded");
    }

    @Test
    void framesThatTheEnclosingExceptionHasTooAreThereOnce() {
        StackTraceElement main = frame("app.Main", "main", 8);
        StackTraceElement web = frame("app.Web", "get", 6);
        Exception cause = with(frame("app.Home", "all", 2), web, main);
        Exception outer = with(frame("app.Web", "wrap", 7), web, main);
        outer.initCause(cause);
        assertThat(FOLDED.render(CapturedException.of(outer)))
                .endsWith("Caused by: java.lang.Exception: e\n\tat app.Home.all(File.java:2)\n\t... 2 more");
    }

    @Test
    void theRootCauseMayComeFirst() {
        var outer = new InvocationTargetException(new IllegalStateException("root", new Error("deepest")), "outer");
        String text = new StackText(List.of(), true).render(CapturedException.of(outer));
        assertThat(text.lines().filter(line -> !line.startsWith("\t")))
                .containsExactly(
                        "java.lang.Error: deepest",
                        "Wrapped by: java.lang.IllegalStateException: root",
                        "Wrapped by: java.lang.reflect.InvocationTargetException: outer");
    }

    @Test
    void aThrowableThatIsMetTwiceIsPrintedOnce() {
        var shared = new Exception("the shared one");
        var outer = new Exception("outer", shared);
        outer.addSuppressed(shared);
        assertThat(FOLDED.render(CapturedException.of(outer))).containsOnlyOnce("the shared one");
    }

    @Test
    void aHugeStackHasABound() {
        var frames = new StackTraceElement[256];
        Arrays.fill(frames, frame("app.Home" + "x".repeat(1_000), "all", 1));
        Exception thrown = with(frames);
        for (int i = 0; i < 8; i++) {
            thrown.addSuppressed(with(frames));
        }
        assertThat(PLAIN.render(CapturedException.of(thrown)))
                .hasSizeLessThan(150_000)
                .contains("... cut here");
    }

    @Test
    void theHashIsThatOfTheFailureAndNotOfItsMessageOrLines() {
        String hash = hash(with(frame("app.Home", "all", 2), frame("app.Main", "main", 8)));
        Exception same = new Exception("another message");
        same.setStackTrace(new StackTraceElement[] {
            frame("app.Home", "all", 99), frame("app.Home$$Lambda$17", "run", 1), frame("app.Main", "main", 9)
        });
        assertThat(hash(same)).isEqualTo(hash);
        assertThat(hash(with(frame("app.Home", "one", 2), frame("app.Main", "main", 8))))
                .isNotEqualTo(hash);
        Exception caused = with(frame("app.Home", "all", 2), frame("app.Main", "main", 8));
        caused.initCause(new Error());
        assertThat(hash(caused)).isNotEqualTo(hash);
    }

    private static String hash(Exception thrown) {
        return FOLDED.hash(CapturedException.of(thrown));
    }
}
