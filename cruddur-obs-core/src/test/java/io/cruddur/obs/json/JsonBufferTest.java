package io.cruddur.obs.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonBufferTest {
    private final JsonMapper mapper = new JsonMapper();
    private final JsonBuffer json = new JsonBuffer();

    private JsonNode parsed() {
        return mapper.readTree(json.toByteArray());
    }

    private String text() {
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void placesCommasByItself() {
        json.beginObject()
                .field("a", 1)
                .field("skipped", null)
                .beginArray("b")
                .number(1)
                .number(2);
        json.beginObject().endObject().endArray().flag("c").endObject();
        assertThat(text()).isEqualTo("{\"a\":1,\"b\":[1,2,{}],\"c\":true}");
    }

    @Test
    void timesKeepTheirMicroseconds() {
        json.beginArray()
                .epochSeconds(1_795_000_000_000_001L)
                .epochSeconds(1_000_000L)
                .epochSeconds(-1L)
                .endArray();
        assertThat(text()).isEqualTo("[1795000000.000001,1.000000,-1.999999]");
    }

    @Test
    void anyStringComesBackButForLoneSurrogates() {
        long seed = 7;
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(20);
            for (int c = 0; c < length; c++) {
                text.appendCodePoint(random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000));
            }
            // Two halves that meet by chance are one character; a half alone is none.
            String expected =
                    new String(text.toString().getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            json.clear().string(text.toString());
            assertThat(parsed().stringValue()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void numbersThatJsonHasNoWordForBecomeText() {
        json.value(List.of(Double.NaN, Float.NEGATIVE_INFINITY, 1.5, new BigDecimal("1e3"), 7L, true));
        assertThat(text()).isEqualTo("[\"NaN\",\"-Infinity\",1.5,1E+3,7,true]");
        assertThat(parsed().isArray()).isTrue();
    }

    @Test
    void writesMapsAndNulls() {
        json.value(Map.of("k", List.of("v")));
        assertThat(text()).isEqualTo("{\"k\":[\"v\"]}");
        json.clear().value(null);
        assertThat(text()).isEqualTo("null");
    }

    @Test
    void anyDoubleComesBack() {
        long seed = 11;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = switch (i % 4) {
                case 0 -> random.nextInt(2_000_000) / 1_000.0 - 1_000;
                case 1 -> random.nextGaussian();
                case 2 -> Double.longBitsToDouble(random.nextLong());
                default -> random.nextInt(100);
            };
            json.clear().value(value);
            if (Double.isFinite(value)) {
                assertThat(parsed().asDouble()).as("seed %d: %s", seed, text()).isEqualTo(value);
            }
        }
        json.clear().beginArray();
        json.number(-0.0).number(12.25).number(-3.0).number(1e300).endArray();
        assertThat(text()).isEqualTo("[-0.0,12.25,-3.0,1.0E300]");
    }

    @Test
    void anyWholeNumberComesBack() {
        json.beginArray();
        for (long value : new long[] {0, 9, 10, -1, 99_999, 100_000, Long.MAX_VALUE, Long.MIN_VALUE}) {
            json.number(value);
        }
        json.endArray();
        assertThat(text()).isEqualTo("[0,9,10,-1,99999,100000,9223372036854775807,-9223372036854775808]");
    }

    @Test
    void aStringIsCutToTheBytesAllowedAndNeverInsideACharacter() {
        for (String unit : List.of("x", "é", "€", "😀", "\n", "\u0001", "x😀")) {
            String whole = unit.repeat(300);
            for (int max = 64; max < 100; max++) {
                json.clear();
                assertThat(json.string(whole, max)).isFalse();
                assertThat(json.length()).isBetween(max - 8, max);
                String read = parsed().stringValue();
                assertThat(read)
                        .endsWith("… (" + whole.length() + " characters)")
                        .doesNotContain("\uFFFD");
                assertThat(whole).startsWith(read.substring(0, read.indexOf('…')));
            }
        }
        json.clear();
        assertThat(json.string("short", 64)).isTrue();
        assertThat(text()).isEqualTo("\"short\"");
    }

    @Test
    void aValueThatIsTooLargeBecomesTheBeginningOfItsJson() {
        for (int max = 64; max < 200; max++) {
            json.clear().beginObject().key("k");
            int from = json.length();
            json.value(List.of("é😀\"".repeat(50), 1));
            int bytes = json.length() - from;
            json.valueToText(from, max);
            assertThat(json.length() - from).isBetween(max - 12, max);
            json.field("next", 1).endObject();
            assertThat(parsed().path("next").asInt()).isEqualTo(1);
            assertThat(parsed().path("k").stringValue())
                    .startsWith("[\"é😀")
                    .endsWith("… (" + bytes + " bytes of JSON)")
                    .doesNotContain("\uFFFD");
        }
    }

    @Test
    void whatIsCutBackLeavesNoTrace() {
        json.beginObject().field("a", 1);
        int before = json.length();
        json.field("b", 2);
        json.cutBackTo(before, true);
        json.field("c", 3).endObject();
        assertThat(text()).isEqualTo("{\"a\":1,\"c\":3}");
    }

    @Test
    void literalsOfAnyLengthAreCopiedWhole() {
        for (int length = 0; length < 100; length++) {
            byte[] literal = "0123456789abcdefghijklmnopqrstuvwxyz"
                    .repeat(3)
                    .substring(0, length)
                    .getBytes(StandardCharsets.US_ASCII);
            assertThat(json.clear().literal('<').literal(literal).literal('>').toByteArray())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo('<' + new String(literal, StandardCharsets.US_ASCII) + '>');
        }
    }
}
