package io.cruddur.obs.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyVO;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.Severity;
import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** What becomes of an event on the thread that logs it, whatever is in it. */
class EventCopyTest {
    private final Taken taken = new Taken();
    private final Configured configured = Configured.with(Configured.BARE);
    private final Logger log = configured.logger("app.Home");

    @BeforeEach
    void nothingIsTakenYet() {
        assertThat(taken.records).isEmpty();
    }

    @AfterEach
    void close() {
        configured.close();
        taken.close();
    }

    @Test
    void anEventIsCopiedWithAllThatItCarries() {
        configured.context.getMDCAdapter().put("tenant", "t1");
        log.atWarn()
                .addMarker(MarkerFactory.getMarker("AUDIT"))
                // Commons Logging marks each line that comes through it, which says nothing of the line.
                .addMarker(MarkerFactory.getMarker("COMMONS-LOGGING"))
                .addKeyValue("count", 3)
                .setCause(new IllegalStateException("no"))
                .log("served {}", "home");
        configured.context.getMDCAdapter().clear();
        LogRecord record = taken.only();
        assertThat(record.message()).isEqualTo("served home");
        assertThat(record.severity()).isEqualTo(Severity.WARN);
        assertThat(record.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(record.fields()).isEqualTo(Map.of("count", 3));
        assertThat(record.mdc()).isEqualTo(Map.of("tenant", "t1"));
        assertThat(record.markers()).containsExactly("AUDIT");
        assertThat(record.exception()).isNotNull();
        assertThat(record.caller()).isNull();
    }

    @Test
    void laterChangesOfWhatWasLoggedDoNotShow() {
        var list = new ArrayList<>(java.util.List.of(1));
        configured.context.getMDCAdapter().put("k", "before");
        log.atInfo().addKeyValue("list", list).log("m");
        list.add(2);
        configured.context.getMDCAdapter().put("k", "after");
        configured.context.getMDCAdapter().clear();
        assertThat(taken.only().fields()).isEqualTo(Map.of("list", java.util.List.of(1)));
        assertThat(taken.only().mdc()).isEqualTo(Map.of("k", "before"));
    }

    @Test
    void aHugeMessageIsCutAndCountedAndMarked() {
        log.info("{}", "é".repeat(25_000_000));
        assertThat(taken.only().message().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(65_400, 65_536);
        assertThat(taken.only().message()).startsWith("éé").endsWith("… (25000000 characters)");
        assertThat(taken.truncated).hasValue(1);
    }

    @Test
    void theBoundMayBeFourMebibytes() {
        try (var roomy = new Taken(new CaptureSettings(4_194_304, false, null))) {
            log.info("{}", "x".repeat(4_194_304));
            assertThat(roomy.only().message()).hasSize(4_194_304);
            assertThat(roomy.truncated).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 255, 4_194_305, Integer.MAX_VALUE})
    void anotherBoundIsRefused(int bytes) {
        assertThatThrownBy(() -> new CaptureSettings(bytes, false, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxMessageBytes is 256 to 4194304; it was " + bytes + ".");
    }

    @Test
    void callerDataIsThereWhereItIsAskedFor() {
        try (var asking = new Taken(new CaptureSettings(65_536, true, null))) {
            log.info("m");
            assertThat(asking.only().caller()).isNotNull().satisfies(caller -> {
                assertThat(caller.getClassName()).isEqualTo(getClass().getName());
                assertThat(caller.getMethodName()).isEqualTo("callerDataIsThereWhereItIsAskedFor");
            });
        }
    }

    private static Object thatSays(java.util.function.Supplier<@Nullable String> code) {
        return new Object() {
            @Override
            @SuppressWarnings("NullAway") // what is hostile returns what it likes
            public String toString() {
                return code.get();
            }
        };
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static String endless() {
        return endless() + "x";
    }

    @Test
    void hostileValuesCostOnlyThemselves() {
        log.atInfo()
                .addKeyValue("throws", thatSays(() -> {
                    throw new AssertionError("no");
                }))
                .addKeyValue("overflows", thatSays(EventCopyTest::endless))
                .addKeyValue("null", thatSays(() -> null))
                .addKeyValue("nothing", (Object) null)
                .log("one");
        assertThat(taken.only().fields().get("throws")).asString().contains("AssertionError");
        assertThat(taken.only().fields().get("overflows")).asString().contains("StackOverflowError");
        assertThat(taken.only().fields()).containsEntry("null", "null").containsEntry("nothing", null);
        assertThat(taken.replaced).hasValue(2);
    }

    @Test
    void hostileArgumentsCostOnlyThemselves() {
        log.info("{} {} {}", thatSays(EventCopyTest::endless), thatSays(() -> null), 3);
        log.info("{} {}", "one");
        log.info("none", "one", "two");
        log.info(null);
        assertThat(taken.messages()).containsExactly("[FAILED toString()] null 3", "one {}", "none", "null");
    }

    @Test
    void aKeyThatIsSaidTwiceIsTwoFields() {
        var circle = new HashMap<String, Object>();
        circle.put("self", circle);
        log.atInfo()
                .addKeyValue("id", 1)
                .addKeyValue("id", 2)
                .addKeyValue(null, (Object) 3)
                .addKeyValue("circle", circle)
                .log("m");
        assertThat(taken.only().fields())
                .containsEntry("id", 1)
                .containsEntry("id_2", 2)
                .containsEntry("null", 3)
                .containsKey("circle");
    }

    @Test
    void whatIsLoggedWhileAnEventIsRenderedIsShippedAndEnds() {
        log.info("{}", thatSays(() -> {
            configured.logger("app.Inner").info("inner");
            return "outer";
        }));
        assertThat(taken.messages()).containsExactlyInAnyOrder("inner", "outer");
        Object[] self = new Object[1];
        self[0] = thatSays(() -> {
            log.atInfo().addKeyValue("self", self[0]).log("again");
            return "x";
        });
        log.atInfo().addKeyValue("self", self[0]).log("again");
        assertThat(taken.lost).containsEntry("logged_while_logging", 1);
        assertThat(taken.records).hasSize(6);
    }

    @Test
    void anEventMadeByHandWithNothingInItIsALine() {
        var event = new LoggingEvent();
        event.setLoggerContext(configured.context);
        event.setLevel(Level.ERROR);
        event.setLoggerName(null);
        event.addKeyValuePair(new KeyValuePair(null, null));
        event.addMarker(null);
        configured.context.getLogger("ROOT").callAppenders(event);
        assertThat(taken.lost).isEmpty();
        assertThat(taken.only().message()).isEqualTo("null");
        assertThat(taken.only().markers()).isEmpty();
    }

    @Test
    void anExceptionThatIsThereAsTextAloneIsCopiedToo() {
        var thrown = new IllegalStateException("outer", new IOException("x".repeat(10_000)));
        thrown.addSuppressed(new IOException("beside"));
        var event = new LoggingEvent() {
            @Override
            public IThrowableProxy getThrowableProxy() {
                return ThrowableProxyVO.build(new ThrowableProxy(thrown));
            }
        };
        event.setLoggerContext(configured.context);
        event.setLevel(Level.ERROR);
        event.setMessage("failed");
        configured.context.getLogger("ROOT").callAppenders(event);
        CapturedException copy = taken.only().exception();
        assertThat(copy).isNotNull();
        assertThat(copy.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(copy.message()).isEqualTo("outer");
        assertThat(copy.frames()).isEqualTo(List.of(thrown.getStackTrace()));
        assertThat(copy.all())
                .extracting(CapturedException::type)
                .containsExactly("java.lang.IllegalStateException", "java.io.IOException", "java.io.IOException");
        assertThat(copy.chain().get(1).message()).hasSizeLessThanOrEqualTo(8_192);
    }

    @Test
    void anEventThatCannotBeCopiedIsCountedAndTheApplicationGoesOn() {
        var event = new LoggingEvent() {
            @Override
            public String getThreadName() {
                throw new NoClassDefFoundError("left out");
            }
        };
        event.setLoggerContext(configured.context);
        event.setLevel(Level.INFO);
        event.setLoggerName("app.Home");
        configured.context.getLogger("ROOT").callAppenders(event);
        assertThat(taken.lost).containsEntry("capture_failed", 1);
        assertThat(configured.warnings()).anyMatch(said -> said.contains("could not be copied"));
    }

    @Test
    void aDiagnosticContextHasABound() {
        configured.context.getMDCAdapter().put("huge", "x".repeat(10_000_000));
        configured.context.getMDCAdapter().put("none", null);
        log.info("m");
        configured.context.getMDCAdapter().clear();
        assertThat(String.valueOf(taken.only().mdc().get("huge"))).hasSize(65_536);
        assertThat(taken.only().mdc()).containsEntry("none", null);
    }

    @Test
    void aPatternIsRenderedOnTheCallersThreadWithTheIdsAndWithoutTheException() {
        var settings =
                new CaptureSettings(65_536, false, "%level %logger{0} [%traceId|%spanId|%xrayTraceId] %msg%n%ex");
        try (var text = new Taken(settings)) {
            log.error("hello", new IllegalStateException("behind it"));
            assertThat(text.only().text()).isEqualTo("ERROR Home [||] hello");
            assertThat(text.only().exception()).isNotNull();
        }
    }

    @Test
    void aSecretOfTheDiagnosticContextIsKnownByTheNameThatThePatternDoesNotRender() {
        var settings = new CaptureSettings(65_536, false, "%X{session_token} %mdc{password}none %X{user} %msg");
        try (var text = new Taken(settings)) {
            configured.context.getMDCAdapter().put("session_token", "value-of-no-form");
            configured.context.getMDCAdapter().put("user", "andrew");
            log.info("hello");
            configured.context.getMDCAdapter().clear();
            assertThat(text.only().text()).isEqualTo("[redacted] none andrew hello");
        }
    }

    @Test
    void aPatternThatCannotBeReadCostsItsFormAndNotTheLine() {
        try (var text = new Taken(new CaptureSettings(65_536, false, "%d{yyyy"))) {
            log.error("hello");
            assertThat(text.only().text()).isNotEqualTo("");
        }
    }

    @Test
    void loggersOfOursThatSpeakOfDeliveryStayOutAndOthersDoNot() {
        configured.logger("io.cruddur.obs.delivery.Worker").error("about us");
        configured.logger("io.cruddur.obs.cloudwatch.CloudWatchSink").error("about us");
        configured.logger("io.cruddur.obs.Obs").info("ours");
        configured.logger("io.cruddur.backend.Home").info("theirs");
        configured.logger("software.amazon.awssdk.request").info("their own call");
        assertThat(taken.messages()).containsExactly("ours", "theirs", "their own call");
    }
}
