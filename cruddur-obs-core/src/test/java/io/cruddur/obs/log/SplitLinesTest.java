package io.cruddur.obs.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Redactor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SplitLinesTest {
    private static final LineSettings ECS = new LineSettings(LogFormat.ECS, Map.of(), List.of(), false);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void partsKeepTheLimitAndAreTheWholeWhenJoined(long seed) {
        var random = new Random(seed);
        JsonLines encoder = Lines.encoder(LineSettings.DEFAULT);
        for (int i = 0; i < 60; i++) {
            int maxBytes = JsonLines.LEAST_BYTES + random.nextInt(4_000);
            String message = text(random, random.nextInt(12_000));
            var thrown = random.nextBoolean() ? null : new Exception(text(random, random.nextInt(8_000)));
            LogRecord record = Lines.record(message, Map.of("k", text(random, 300)), Map.of(), thrown);
            List<EncodedRecord> parts = Lines.encode(encoder, record, maxBytes);
            assertNumbered(parts, maxBytes);
            assertThat(joined(parts, "message")).isEqualTo(wellFormed(message));
            JsonNode whole = Lines.one(encoder, record);
            assertThat(joined(parts, "exception"))
                    .isEqualTo(whole.path("exception").asString(""));
        }
    }

    private static void assertNumbered(List<EncodedRecord> parts, int maxBytes) {
        String eventId = parts.get(0).id().toString();
        for (int i = 0; i < parts.size(); i++) {
            EncodedRecord part = parts.get(i);
            assertThat(part.bytes()).hasSizeLessThanOrEqualTo(maxBytes);
            assertThat(part.endsRecord()).isEqualTo(i == parts.size() - 1);
            JsonNode line = Lines.parsed(part);
            assertThat(line.path("eventId").asString()).isEqualTo(eventId);
            assertThat(line.path("xrayTraceId").asString()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
            assertThat(line.path("timestamp").asString()).isEqualTo("2026-11-23T02:17:03.000001Z");
            assertThat(line.path("level").asString()).isEqualTo("WARN");
            if (parts.size() > 1) {
                assertThat(line.path("part").asInt()).isEqualTo(i + 1);
                assertThat(line.path("parts").asInt()).isEqualTo(parts.size());
                assertThat(line.has("fields")).isEqualTo(i == 0);
            }
        }
    }

    private static String joined(List<EncodedRecord> parts, String field) {
        var joined = new StringBuilder();
        parts.forEach(part -> joined.append(Lines.parsed(part).path(field).asString("")));
        return joined.toString();
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append((char) (0x80 + random.nextInt(0x700)));
                case 2 -> text.append((char) (0x800 + random.nextInt(0xC000)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                case 4 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                default -> text.append((char) (0x20 + random.nextInt(0x5F)));
            }
        }
        return text.toString();
    }

    /** What a text is on the wire: a half of a character alone is none. */
    private static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void fieldsThatAreTooLargeAreShortenedWithAMarkAndTheRestIsWhole() {
        var fields = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < 200; i++) {
            fields.put("key " + i, "value ".repeat(20));
        }
        var mdc = new HashMap<String, @Nullable String>();
        mdc.put("k".repeat(500), "v".repeat(50_000));
        for (LineSettings settings : List.of(LineSettings.DEFAULT, ECS)) {
            for (int maxBytes = JsonLines.LEAST_BYTES; maxBytes < 12_000; maxBytes += 797) {
                List<EncodedRecord> parts =
                        Lines.encode(Lines.encoder(settings), Lines.record("the message", fields, mdc, null), maxBytes);
                assertThat(parts)
                        .singleElement()
                        .satisfies(part -> assertThat(Lines.utf8(part)).contains("<more>", "the message"));
                assertThat(parts.get(0).bytes()).hasSizeLessThanOrEqualTo(maxBytes);
                Lines.parsed(parts.get(0));
            }
        }
    }

    @Test
    void aHeadOfHugeNamesKeepsTheLimitToo() {
        LogRecord plain = Lines.record("x".repeat(20_000), Map.of("a", 1), Map.of("b", "c"), new Exception("e"));
        var record = new LogRecord(
                plain.timestampMicros(),
                plain.severity(),
                "\u0001".repeat(5_000),
                "\u0001".repeat(5_000),
                plain.message(),
                plain.fields(),
                plain.mdc(),
                List.of("\u0001".repeat(500), "\u0001".repeat(500)),
                plain.exception(),
                new StackTraceElement("\u0001".repeat(500), "\u0001".repeat(500), "\u0001".repeat(500), 1),
                null,
                plain.ids(),
                null);
        List<EncodedRecord> parts = Lines.encode(Lines.encoder(LineSettings.DEFAULT), record, JsonLines.LEAST_BYTES);
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.bytes()).hasSizeLessThanOrEqualTo(JsonLines.LEAST_BYTES);
            Lines.parsed(part);
        });
        assertThat(joined(parts, "message")).hasSize(20_000);
    }

    @Test
    void aLimitThatHasNoRoomForALineIsRefused() {
        assertThatThrownBy(() -> Lines.encode(Lines.encoder(ECS), Lines.record("m"), 4_095))
                .hasMessageContaining("4096");
    }

    @Test
    void aTextIsCutBetweenCharactersAndNumbered() {
        var encoder = new TextLines(LineSettings.DEFAULT, Redactor.NONE);
        String text = "😀é".repeat(5_000);
        List<EncodedRecord> parts = Lines.encode(encoder, Lines.text(text, "", null), JsonLines.LEAST_BYTES);
        var joined = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).bytes()).hasSizeLessThanOrEqualTo(JsonLines.LEAST_BYTES);
            assertThat(parts.get(i).endsRecord()).isEqualTo(i == parts.size() - 1);
            String number =
                    "(" + (i + 1) + "/" + parts.size() + " " + parts.get(i).id() + ") ";
            assertThat(Lines.utf8(parts.get(i))).startsWith(number);
            joined.append(Lines.utf8(parts.get(i)).substring(number.length()));
        }
        assertThat(joined.toString()).isEqualTo(text);
    }

    @Test
    void textIsEscapedButForTheLinesOfItsStack() {
        var encoder = new TextLines(LineSettings.DEFAULT, Redactor.NONE);
        String line = Lines.utf8(Lines.encode(
                        encoder,
                        Lines.text("in\nforged \u001b[31m", "", new IllegalStateException("a\n\tat b")),
                        Lines.ROOMY)
                .get(0));
        assertThat(line)
                .startsWith(
                        "in\\u000aforged \\u001b[31m\njava.lang.IllegalStateException: a\\u000a\\u0009at b\n\tat io.cruddur");
    }

    @Test
    void whatWasLoggedBeforeThePatternWasKnownIsALineAllTheSameAndNoLineIsEmpty() {
        var encoder = new TextLines(LineSettings.DEFAULT, Redactor.NONE);
        assertThat(Lines.utf8(Lines.encode(encoder, Lines.text(null, "early", null), Lines.ROOMY)
                        .get(0)))
                .isEqualTo("2026-11-23T02:17:03.000001Z WARN [main] app.Home - early");
        assertThat(Lines.encode(encoder, Lines.text("", "", null), Lines.ROOMY)
                        .get(0)
                        .bytes())
                .isNotEmpty();
    }
}
