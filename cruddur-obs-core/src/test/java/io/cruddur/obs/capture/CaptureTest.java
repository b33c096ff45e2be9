package io.cruddur.obs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PatientMessages.class)
class CaptureTest {

    private static final class Hostile {
        @Override
        public String toString() {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void laterChangesDoNotShow() {
        var list = new ArrayList<>(List.of(1, 2));
        var map = new HashMap<String, Object>(Map.of("list", list));
        Object captured = CapturedValue.of(map);
        list.add(3);
        map.clear();
        assertThat(captured).isEqualTo(Map.of("list", List.of(1, 2)));
    }

    @Test
    void aCircleEndsInAPlaceholder() {
        var map = new HashMap<String, Object>();
        map.put("self", map);
        assertThat(String.valueOf(CapturedValue.of(map))).contains("<deeper than 16>");
    }

    @Test
    void whatThrowsBecomesAPlaceholder() {
        assertThat(CapturedValue.of(new Hostile())).asString().contains("IllegalStateException while reading");
        assertThat(CapturedValue.of(List.of(new Hostile()))).asString().contains("IllegalStateException while reading");
    }

    @Test
    void sizeIsBounded() {
        assertThat(String.valueOf(CapturedValue.of("x".repeat(100_000))))
                .hasSize(65_536)
                .endsWith("(100000 characters)");
        assertThat((List<?>) CapturedValue.of(IntStream.range(0, 5_000).toArray()))
                .hasSize(1_001);
    }

    @Test
    void shorteningNeverCutsACharacterInHalf() {
        String text = "😀".repeat(40);
        for (int max = 30; max < 60; max++) {
            String cut = CapturedValue.shortened(text, max);
            assertThat(cut.length()).isLessThanOrEqualTo(max);
            String kept = cut.substring(0, cut.indexOf('…'));
            assertThat(kept.length() % 2).isZero();
        }
    }

    @Test
    void anExceptionThatThrowsIsStillCaptured() {
        var hostile = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no");
            }

            @Override
            public synchronized @Nullable Throwable getCause() {
                throw new IllegalStateException("no");
            }
        };
        CapturedException captured = CapturedException.of(hostile);
        assertThat(captured.message()).contains("IllegalStateException while reading the message");
        assertThat(captured.cause()).isNull();
        assertThat(captured.frames()).isNotEmpty();
    }

    @Test
    void anErrorOfTheApplicationsOwnMethodsStaysInside() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("no");
            }
        };
        assertThat(CapturedValue.of(hostile)).asString().contains("AssertionError while reading");
        var failure = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new NoClassDefFoundError("left out");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                return new StackTraceElement[1];
            }
        };
        assertThat(CapturedException.of(failure).message()).contains("NoClassDefFoundError");
        assertThat(CapturedException.of(failure).frames()).isEmpty();
    }

    @Test
    void whatIsNotACollectionIsNotIterated() {
        assertThat(CapturedValue.of(java.nio.file.Path.of("/a/b"))).isEqualTo("/a/b");
    }

    @Test
    void manyLargeStringsAreBoundedTogether() {
        Object captured = CapturedValue.of(
                IntStream.range(0, 100).mapToObj(i -> "x".repeat(60_000)).toList());
        assertThat(CapturedValue.weightOf(captured)).isLessThan(600_000);
    }

    @Test
    void aCircleOfCausesEnds() {
        var first = new Exception("first");
        var second = new Exception("second", first);
        first.initCause(second);
        assertThat(CapturedException.of(first).chain())
                .extracting(CapturedException::message)
                .containsExactly("first", "second");
    }

    @Test
    void aThousandCausesAreTenCauses() {
        Exception deep = new Exception("0");
        for (int i = 1; i < 1_000; i++) {
            deep = new Exception(String.valueOf(i), deep);
        }
        assertThat(CapturedException.of(deep).chain()).hasSize(10);
    }

    @Test
    void whatWasSuppressedIsKeptAndBounded() {
        var exception = new Exception("outer", new Exception("cause"));
        for (int i = 0; i < 100; i++) {
            exception.addSuppressed(new Exception("suppressed " + i, new Exception("why " + i)));
        }
        CapturedException captured = CapturedException.of(exception);
        assertThat(captured.suppressed()).hasSize(8);
        assertThat(captured.all())
                .extracting(CapturedException::message)
                .startsWith("outer", "cause", "suppressed 0", "why 0", "suppressed 1")
                .hasSize(18);
        assertThat(captured.all()).extracting(CapturedException::id).doesNotHaveDuplicates();
    }

    @Test
    void aForestOfSuppressedExceptionsIsBounded() {
        assertThat(CapturedException.of(forest(5)).all()).hasSizeLessThanOrEqualTo(32);
    }

    private static Exception forest(int depth) {
        var exception = new Exception("e");
        for (int i = 0; depth > 0 && i < 8; i++) {
            exception.addSuppressed(forest(depth - 1));
        }
        return exception;
    }
}
