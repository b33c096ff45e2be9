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
}
