package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.ErrorLevel;
import io.cruddur.obs.capture.PatientReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever is reported: the application does not notice, and an item that Rollbar can read arrives. */
class BadInputTest extends Reporting {
    private static final int ROLLBARS_LIMIT = 1 << 20;

    @AfterEach
    void thereIsOneItemOfABoundedSize() {
        assertThat(item().toString()).hasSizeLessThan(ROLLBARS_LIMIT);
        assertThat(obs().errorCounts().failed()).isZero();
        assertThat(obs().errorCounts().items()).isOne();
    }

    @Test
    void cyclicCauses() {
        var one = new RuntimeException("one");
        var two = new RuntimeException("two", one);
        one.initCause(two);
        one.addSuppressed(two);
        two.addSuppressed(one);
        obs().error(one).report();
        assertThat(item().at("/body/trace_chain")).hasSize(2);
    }

    @Test
    void tenThousandCauses() {
        Throwable deep = new IllegalStateException("the deepest");
        for (int i = 0; i < 10_000; i++) {
            deep = new RuntimeException("level " + i, deep);
        }
        obs().error(deep).report();
        assertThat(item().at("/body/trace_chain")).hasSize(10);
    }

    @Test
    void tenThousandSuppressed() {
        var thrown = new IllegalStateException("with many");
        for (int i = 0; i < 10_000; i++) {
            thrown.addSuppressed(new RuntimeException("suppressed " + i));
        }
        obs().error(thrown).report();
        assertThat(item().at("/custom/suppressed")).hasSize(8);
    }

    @Test
    void aMessageThatThrows() {
        var thrown = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        };
        PatientReading.during(() -> obs().error(thrown).report());
        assertThat(item().at("/body/trace/exception/message").asString()).contains("StackOverflowError");
    }

    /** Not a measure of time: this would not end. */
    @Test
    void aMessageThatBlocks() {
        var never = new CountDownLatch(1);
        obs().trace("request")
                .run(() -> obs().error(new RuntimeException() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public String getMessage() {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                return "";
                            }
                        })
                        .report());
        assertThat(item().at("/body/trace/exception/message").asString()).contains("took longer than");
    }

    @Test
    void causesAndStacksThatThrow() {
        obs().error(new RuntimeException("hostile") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public synchronized Throwable getCause() {
                        throw new IllegalStateException("no cause");
                    }

                    @Override
                    public StackTraceElement[] getStackTrace() {
                        throw new IllegalStateException("no stack");
                    }
                })
                .report();
        assertThat(item().at("/body/trace/exception/message").asString()).isEqualTo("hostile");
    }

    @Test
    void aHundredMegabytesOfValues() {
        String text = "x".repeat(50_000_000);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        obs().error("with much")
                .with("text", text)
                .with("bytes", new byte[50_000_000])
                .with("list", Collections.nCopies(1_000_000, "x".repeat(100)))
                .with("cycle", map)
                .with("k".repeat(1_000_000), 1)
                .report();
        assertThat(item().at("/custom/text").asString()).startsWith("xxx").hasSizeLessThan(70_000);
    }

    @Test
    void aThousandLargeValues() {
        var report = obs().error("with many");
        for (int i = 0; i < 1_000; i++) {
            report = report.with("key" + i, new ArrayList<>(Collections.nCopies(900, "y".repeat(200))));
        }
        report.report();
        assertThat(item().at("/custom/truncated").asBoolean()).isTrue();
        assertThat(item().at("/body/message/body").asString()).isEqualTo("with many");
    }

    @Test
    void numbersThatJsonHasNoWordFor() {
        obs().error("NaN")
                .with("nan", Double.NaN)
                .with("infinite", List.of(Float.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .report();
        assertThat(item().at("/custom/nan").asString()).isEqualTo("NaN");
    }

    @ParameterizedTest
    @MethodSource("halves")
    void loneSurrogates(String text) {
        obs().error(new IllegalStateException(text))
                .title(text)
                .with(text, text)
                .person(text, text, text)
                .report();
        JsonNode item = item();
        assertThat(item.at("/body/trace/exception/message").asString())
                .startsWith("a")
                .endsWith("b");
    }

    static Stream<String> halves() {
        return Stream.of("a\uD83D b", "a \uDE00b", "a\uDE00\uD83Db");
    }

    @Test
    void nullMessages() {
        obs().error(new IllegalStateException((String) null))
                .title(null)
                .person(null)
                .with("k", null)
                .report();
        JsonNode exception = item().at("/body/trace/exception");
        assertThat(exception.path("class").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exception.has("message")).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // what code without annotations does
    void nullInThePlaceOfAMessage() {
        String none = null;
        obs().error(none).level(ErrorLevel.INFO).report();
        assertThat(item().at("/body/message/body").asString()).isEqualTo("null");
    }
}
