package io.cruddur.obs.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.redact.Redactor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonLinesTest {
    private static final LineSettings ECS =
            new LineSettings(LogFormat.ECS, Map.of(), LineSettings.FOLDED_BY_DEFAULT, false);

    private static LineSettings renamed(LogFormat format, Map<String, String> names) {
        return new LineSettings(format, names, List.of(), false);
    }

    @Test
    void aLineSaysWhenWhereInWhichTraceAndWhat() {
        var thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        JsonNode line = Lines.one(
                Lines.encoder(LineSettings.DEFAULT),
                Lines.record("served", Map.of("count", 3), Map.of("tenant", "t1"), thrown));
        assertThat(line.path("timestamp").asString()).isEqualTo("2026-11-23T02:17:03.000001Z");
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("logger").asString()).isEqualTo("app.Home");
        assertThat(line.path("thread").asString()).isEqualTo("main");
        assertThat(line.path("message").asString()).isEqualTo("served");
        assertThat(line.path("service").asString()).isEqualTo("backend");
        assertThat(line.path("environment").asString()).isEqualTo("test");
        assertThat(line.path("traceId").asString()).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(line.path("xrayTraceId").asString()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
        assertThat(line.path("spanId").asString()).isEqualTo("53995c3f42cd8ad8");
        assertThat(line.path("fields").path("count").asInt()).isEqualTo(3);
        assertThat(line.path("mdc").path("tenant").asString()).isEqualTo("t1");
        assertThat(line.path("markers").path(0).asString()).isEqualTo("AUDIT");
        assertThat(line.path("exceptionType").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("exceptionMessage").asString()).isEqualTo("outer");
        assertThat(line.path("exception").asString())
                .startsWith("java.lang.IllegalStateException: outer\n\tat ")
                .contains("\nCaused by: java.lang.IllegalArgumentException: inner\n");
        assertThat(line.path("stackHash").asString()).matches("[0-9a-f]{16}");
        assertThat(line.path("callerMethod").asString()).isEqualTo("app.Home.all");
        assertThat(line.path("callerLine").asInt()).isEqualTo(12);
        assertThat(line.path("eventId").asString()).hasSize(36);
        assertThat(line.has("part")).isFalse();
    }

    @Test
    void theIdsOfTheHeadAreNotInTheDiagnosticContextAgain() {
        Map<String, @Nullable String> ids = Map.of(
                "traceId", "5759e988bd862e3fe1be46a994272793",
                "spanId", "53995c3f42cd8ad8",
                "xrayTraceId", "1-5759e988-bd862e3fe1be46a994272793");
        assertThat(mdcOf(LineSettings.DEFAULT, ids).isMissingNode()).isTrue();
        assertThat(mdcOf(ECS, ids).isMissingNode()).isTrue();

        var more = new HashMap<>(ids);
        more.put("tenant", "t1");
        assertThat(mdcOf(LineSettings.DEFAULT, more).propertyNames()).containsExactly("tenant");

        // Of another trace: somebody else's, or an older one's.
        more.put("traceId", "0".repeat(32));
        assertThat(mdcOf(LineSettings.DEFAULT, more).propertyNames())
                .containsExactlyInAnyOrderElementsOf(more.keySet());
    }

    private static JsonNode mdcOf(LineSettings settings, Map<String, @Nullable String> mdc) {
        JsonNode line = Lines.one(Lines.encoder(settings), Lines.record("served", Map.of(), mdc, null));
        return line.path(settings.equals(ECS) ? "labels" : "mdc");
    }

    @Test
    void inEcsEachFieldHasItsNameOfTheSchema() {
        JsonNode line = Lines.one(
                Lines.encoder(ECS),
                Lines.record("served", Map.of("count", 3), Map.of("tenant", "t1"), new IllegalStateException("no")));
        assertThat(line.propertyNames())
                .containsExactlyInAnyOrder(
                        "@timestamp",
                        "log.level",
                        "log.logger",
                        "process.thread.name",
                        "message",
                        "service.name",
                        "service.environment",
                        "trace.id",
                        "xray.trace_id",
                        "span.id",
                        "tags",
                        "labels",
                        "error.stack_trace",
                        "error.type",
                        "error.message",
                        "error.stack_hash",
                        "log.origin.function",
                        "log.origin.file.name",
                        "log.origin.file.line",
                        "event.id");
        assertThat(line.path("labels").path("tenant").asString()).isEqualTo("t1");
    }

    @Test
    void ecsLabelsAreFlatTextsAndNoNameIsThereTwice() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("user.id", 7);
        fields.put("user_id", "seven");
        fields.put("nested", Map.of("a", List.of(1)));
        fields.put("missing", null);
        JsonNode labels = Lines.one(Lines.encoder(ECS), Lines.record("m", fields, Map.of("user_id", "mdc"), null))
                .path("labels");
        assertThat(labels.path("user_id").asString()).isEqualTo("7");
        assertThat(labels.path("user_id_2").asString()).isEqualTo("seven");
        assertThat(labels.path("mdc_user_id").asString()).isEqualTo("mdc");
        assertThat(labels.path("nested").asString()).isEqualTo("{\"a\":[1]}");
        assertThat(labels.has("missing")).isFalse();
    }

    @Test
    void namesOfOursAmongTheFieldsDoNotCollide() {
        JsonNode line = Lines.one(
                Lines.encoder(LineSettings.DEFAULT),
                Lines.record("real", Map.of("message", "false"), Map.of("level", "false", "message", "false"), null));
        assertThat(line.path("message").asString()).isEqualTo("real");
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("fields").path("message").asString()).isEqualTo("false");
    }

    @Test
    void aSingleFieldMayHaveAnotherName() {
        JsonNode line = Lines.one(
                Lines.encoder(renamed(LogFormat.ECS, Map.of("message", "msg", "xrayTraceId", "aws.trace"))),
                Lines.record("hello"));
        assertThat(line.path("msg").asString()).isEqualTo("hello");
        assertThat(line.has("aws.trace")).isTrue();
        assertThat(line.has("log.level")).isTrue();
    }

    @Test
    void aNameThatIsNoneOrIsTakenIsRefusedWithTheReason() {
        assertThatThrownBy(() -> renamed(LogFormat.JSON, Map.of("mesage", "msg")))
                .hasMessageContaining("no field 'mesage'")
                .hasMessageContaining("message");
        assertThatThrownBy(() -> renamed(LogFormat.JSON, Map.of("message", "level")))
                .hasMessageContaining("cannot both be called 'level'");
        assertThatThrownBy(() -> renamed(LogFormat.JSON, Map.of("message", " ")))
                .hasMessageContaining("1 to 64");
    }

    @Test
    void whateverIsInAValueTheLineIsValid() {
        var fields = new HashMap<String, @Nullable Object>();
        fields.put("nan", Double.NaN);
        fields.put("infinite", Float.NEGATIVE_INFINITY);
        fields.put("nothing", null);
        fields.put("lone\ud800", "\udc00 alone");
        fields.put("list", Arrays.asList(1, null, "\u0000\u001b[31m"));
        var mdc = new HashMap<String, @Nullable String>();
        mdc.put("nothing", null);
        JsonNode line = Lines.one(
                Lines.encoder(LineSettings.DEFAULT),
                Lines.record("\ud83d alone \r\n forged \u202e", fields, mdc, null));
        assertThat(line.path("message").asString()).isEqualTo("\ufffd alone \r\n forged \u202e");
        assertThat(line.at("/fields/nan").asString()).isEqualTo("NaN");
        assertThat(line.at("/fields/nothing").isNull()).isTrue();
        assertThat(line.at("/fields/lone\ufffd").asString()).isEqualTo("\ufffd alone");
        assertThat(line.at("/mdc/nothing").isNull()).isTrue();
    }

    @Test
    void whatIsRedactedIsInNoTextOfTheLine() {
        Redactor redactor = text -> text.replace("rosebud", "[redacted]");
        var encoder = new JsonLines("backend", "test", LineSettings.DEFAULT, redactor);
        var thrown = new IllegalStateException("rosebud", new IllegalArgumentException("rosebud"));
        thrown.addSuppressed(new RuntimeException("rosebud"));
        LogRecord plain = Lines.record(
                "a rosebud",
                Map.of("k", "rosebud", "nested", Map.of("rosebud", List.of("rosebud"))),
                Map.of("m", "rosebud"),
                thrown);
        var record = new LogRecord(
                plain.timestampMicros(),
                plain.severity(),
                "rosebud",
                "thread rosebud",
                plain.message(),
                plain.fields(),
                plain.mdc(),
                List.of("rosebud"),
                plain.exception(),
                null,
                null,
                plain.ids(),
                null);
        for (int maxBytes : new int[] {Lines.ROOMY, JsonLines.LEAST_BYTES}) {
            for (var part : Lines.encode(encoder, record, maxBytes)) {
                assertThat(Lines.utf8(part)).doesNotContain("rosebud").contains("[redacted]");
            }
        }
    }
}
