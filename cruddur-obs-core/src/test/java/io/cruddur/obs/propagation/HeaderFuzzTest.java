package io.cruddur.obs.propagation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.RemoteParent;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No text makes a reader throw, and what it takes is valid. {@code -Dcruddur.fuzz.seed} and {@code -Dcruddur.fuzz.cases}
 * choose other cases.
 */
class HeaderFuzzTest {
    private static final long SEED = Long.getLong("cruddur.fuzz.seed", 20261122);
    private static final int CASES = Integer.getInteger("cruddur.fuzz.cases", 100_000);
    private static final String[] VALID = {
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        "Self=1-67891234-12456789abcdef012345678a;Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=?",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-more",
        "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90",
        "64fe8b2a57d3eff7-e457b5a2e4d86bd1",
        "rojo=00f067aa0ba902b7,congo@t=t61rcWkgMzE",
        "userId=alice,node=DF%2028;ttl=5; p , flag=%F0%9F%99%82",
    };
    private static final String ALPHABET =
            "Root=1-5;Parent,Sampled?0d abcdefABCDEF%@\t\"\\\r\n\u0000\u007f\u00e9\u0130\ud800\uffff";

    private final Random random = new Random(SEED);

    @Test
    void noTextMakesAReaderThrowAndWhatItTakesIsValid() {
        System.out.println("fuzzing headers, seed " + SEED);
        for (int i = 0; i < CASES; i++) {
            String text = text();
            try {
                check(XAmznTraceId.parse(text), HeaderFuzzTest::throughXray);
                check(Traceparent.parse(text), HeaderFuzzTest::throughW3c);
                check(B3Headers.parse(text), HeaderFuzzTest::throughB3);
                check(B3Headers.parse(text, maybe(text), maybe("1"), maybe(text)), HeaderFuzzTest::throughB3);
                checkTracestate(Tracestate.parse(text));
                checkBaggage(Baggage.parse(text, () -> {}));
            } catch (Throwable e) {
                throw new AssertionError("seed " + SEED + ", case " + i + ": " + text, e);
            }
        }
    }

    @Test
    void whatIsWrittenEveryReaderReads() {
        for (int i = 0; i < CASES; i++) {
            var parent =
                    new RemoteParent(random.nextLong(), random.nextLong(), random.nextLong() | 1, random.nextBoolean());
            check(parent, HeaderFuzzTest::throughXray);
            check(parent, HeaderFuzzTest::throughW3c);
            check(parent, HeaderFuzzTest::throughB3);
        }
    }

    @Test
    void whateverIsPutIntoBaggageComesOut() {
        for (int i = 0; i < CASES / 10; i++) {
            // Half a surrogate pair has no bytes.
            String value = new String(text().getBytes(UTF_8), UTF_8);
            Baggage baggage = Baggage.EMPTY.with("key", value);
            if (baggage == null) {
                assertThat(value.length()).as("seed %d", SEED).isGreaterThan(Baggage.MAX_BYTES / 9 - 8);
                continue;
            }
            checkBaggage(baggage);
            assertThat(Baggage.parse(baggage.toHeader(), () -> {}).asMap())
                    .as("seed %d", SEED)
                    .isEqualTo(Map.of("key", value));
        }
    }

    private String text() {
        return switch (random.nextInt(8)) {
            case 0 -> anything(random.nextInt(80));
            case 1 -> anything(random.nextInt(2_000));
            case 2 -> edited(sample() + ',' + sample());
            default -> edited(sample());
        };
    }

    private String sample() {
        return VALID[random.nextInt(VALID.length)];
    }

    private String anything(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(4) == 0 ? (char) random.nextInt(0x10000) : character());
        }
        return text.toString();
    }

    private char character() {
        return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    private String edited(String valid) {
        var text = new StringBuilder(valid);
        for (int edits = random.nextInt(5); edits > 0 && !text.isEmpty(); edits--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, character());
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setCharAt(at, character());
                case 3 -> text.insert(at, text.substring(at));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    private @Nullable String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private static void check(@Nullable RemoteParent parent, Consumer<RemoteParent> format) {
        if (parent != null) {
            if (parent.traceIdHigh() == 0 && parent.traceIdLow() == 0) {
                throw new AssertionError("a trace id of zeros");
            }
            format.accept(parent);
        }
    }

    private static void throughXray(RemoteParent parent) {
        Boolean sampled = parent.sampled();
        String text = XAmznTraceId.format(
                parent.traceIdHigh(), parent.traceIdLow(), parent.parentId(), sampled != null && sampled);
        same(parent, XAmznTraceId.parse(text));
    }

    private static void throughW3c(RemoteParent parent) {
        Boolean sampled = parent.sampled();
        boolean randomId = parent.carried().randomId();
        String text = Traceparent.format(
                parent.traceIdHigh(), parent.traceIdLow(), parent.parentId(), sampled != null && sampled, randomId);
        RemoteParent again = Traceparent.parse(text);
        same(parent, again);
        if (again != null && again.carried().randomId() != randomId) {
            throw new AssertionError(text);
        }
    }

    private static void throughB3(RemoteParent parent) {
        if (parent.parentId() == 0) {
            return; // A decision alone: it has no ids to write.
        }
        long high = parent.traceIdHigh();
        long low = parent.traceIdLow();
        boolean sampled = parent.sampled() != null && parent.sampled();
        same(parent, B3Headers.parse(B3Headers.format(high, low, parent.parentId(), sampled)));
        same(
                parent,
                B3Headers.parse(
                        B3Headers.traceId(high, low), B3Headers.spanId(parent.parentId()), sampled ? "1" : "0", null));
    }

    /** The same ids; the decision that nobody took is written as a no. */
    private static void same(RemoteParent parent, @Nullable RemoteParent again) {
        if (again == null
                || again.traceIdHigh() != parent.traceIdHigh()
                || again.traceIdLow() != parent.traceIdLow()
                || again.parentId() != parent.parentId()
                || !Boolean.valueOf(parent.sampled() != null && parent.sampled())
                        .equals(again.sampled())) {
            throw new AssertionError(parent + " became " + again);
        }
    }

    private static void checkTracestate(@Nullable String tracestate) {
        if (tracestate != null) {
            checkVisible(tracestate);
            if (!tracestate.equals(Tracestate.parse(tracestate))) {
                throw new AssertionError("another tracestate: " + tracestate);
            }
        }
    }

    private static void checkBaggage(Baggage baggage) {
        String header = baggage.toHeader();
        checkVisible(header);
        Baggage again = Baggage.parse(header, () -> {
            throw new AssertionError("left out of " + header);
        });
        if (header.length() > Baggage.MAX_BYTES
                || baggage.asMap().size() > Baggage.MAX_ENTRIES
                || !again.toHeader().equals(header)
                || !again.asMap().equals(baggage.asMap())) {
            throw new AssertionError("other baggage: " + header);
        }
    }

    private static void checkVisible(String header) {
        if (!header.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new AssertionError("a character that no header should have: " + header);
        }
    }
}
