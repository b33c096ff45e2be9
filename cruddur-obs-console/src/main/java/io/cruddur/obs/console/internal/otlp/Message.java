package io.cruddur.obs.console.internal.otlp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The messages of OTLP's trace request: the number of each field, its name in OTLP's JSON, and how it is read. */
enum Message {
    REQUEST,
    RESOURCE_SPANS,
    RESOURCE,
    SCOPE_SPANS,
    SCOPE,
    SPAN,
    EVENT,
    LINK,
    STATUS,
    KEY_VALUE,
    ANY_VALUE,
    ARRAY_VALUE,
    KEY_VALUE_LIST;

    Map<Integer, Field> fields() {
        return Objects.requireNonNull(Fields.BY_MESSAGE.get(this));
    }

    /** Apart, because the messages refer to each other. */
    private static final class Fields {

        static final Map<Message, Map<Integer, Field>> BY_MESSAGE = all();

        private static Map<Message, Map<Integer, Field>> all() {
            Map<Message, Map<Integer, Field>> all = new EnumMap<>(Message.class);
            for (Message message : values()) all.put(message, of(message));
            return all;
        }

        private static Map<Integer, Field> of(Message message) {
            return switch (message) {
                case REQUEST -> Map.of(1, Field.list("resourceSpans", Message.RESOURCE_SPANS));
                case RESOURCE_SPANS ->
                    Map.of(
                            1, Field.message("resource", Message.RESOURCE),
                            2, Field.list("scopeSpans", Message.SCOPE_SPANS));
                case RESOURCE -> Map.of(1, Field.list("attributes", Message.KEY_VALUE));
                case SCOPE_SPANS ->
                    Map.of(
                            1, Field.message("scope", Message.SCOPE),
                            2, Field.list("spans", Message.SPAN));
                case SCOPE -> Map.of(1, Field.text("name"), 2, Field.text("version"));
                case SPAN ->
                    Map.ofEntries(
                            Map.entry(1, Field.id("traceId")),
                            Map.entry(2, Field.id("spanId")),
                            Map.entry(4, Field.id("parentSpanId")),
                            Map.entry(5, Field.text("name")),
                            Map.entry(6, Field.number("kind")),
                            Map.entry(7, Field.number("startTimeUnixNano")),
                            Map.entry(8, Field.number("endTimeUnixNano")),
                            Map.entry(9, Field.list("attributes", Message.KEY_VALUE)),
                            Map.entry(11, Field.list("events", Message.EVENT)),
                            Map.entry(13, Field.list("links", Message.LINK)),
                            Map.entry(15, Field.message("status", Message.STATUS)),
                            Map.entry(16, Field.number("flags")));
                case EVENT ->
                    Map.of(
                            1, Field.number("timeUnixNano"),
                            2, Field.text("name"),
                            3, Field.list("attributes", Message.KEY_VALUE));
                case LINK ->
                    Map.of(
                            1, Field.id("traceId"),
                            2, Field.id("spanId"),
                            4, Field.list("attributes", Message.KEY_VALUE));
                case STATUS -> Map.of(2, Field.text("message"), 3, Field.number("code"));
                case KEY_VALUE -> Map.of(1, Field.text("key"), 2, Field.message("value", Message.ANY_VALUE));
                case ANY_VALUE ->
                    Map.of(
                            1, Field.text("stringValue"),
                            2, Field.flag("boolValue"),
                            3, Field.number("intValue"),
                            4, Field.decimal("doubleValue"),
                            5, Field.message("arrayValue", Message.ARRAY_VALUE),
                            6, Field.message("kvlistValue", Message.KEY_VALUE_LIST),
                            7, Field.id("bytesValue"));
                case ARRAY_VALUE -> Map.of(1, Field.list("values", Message.ANY_VALUE));
                case KEY_VALUE_LIST -> Map.of(1, Field.list("values", Message.KEY_VALUE));
            };
        }
    }
}
