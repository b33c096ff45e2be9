package io.cruddur.obs.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes of a span or of an event, as many as there is room for; a key that is set again has its last value. */
final class Attributes {
    /** The tag and the length of an attribute within what it belongs to. */
    private static final int FRAME_BYTES = 5;

    private final Texts texts;
    private final Room room;
    private final Map<String, KeyValue> all = new LinkedHashMap<>();

    Attributes(Texts texts, Room room) {
        this.texts = texts;
        this.room = room;
    }

    Collection<KeyValue> all() {
        return all.values();
    }

    /** Whether it found room. */
    boolean put(String key, AnyValue value) {
        KeyValue entry = of(key, value);
        KeyValue before = all.remove(key);
        if (before != null) {
            room.giveBack(bytes(before));
        }
        if (!room.take(bytes(entry), key)) {
            return false;
        }
        all.put(key, entry);
        return true;
    }

    /** A text of at most so many characters; nothing when it is null. */
    void text(String key, @Nullable String text, int maxChars) {
        if (text != null) {
            put(key, text(texts.value(key, text, maxChars)));
        }
    }

    /** A text, as much of it as there is room for; nothing when it is null. */
    void text(String key, @Nullable String text) {
        text(key, text, Integer.MAX_VALUE);
    }

    /** A text that was made harmless before, of at most so many characters; nothing when it is null or empty. */
    void harmless(String key, @Nullable String text, int maxChars) {
        if (text != null && !text.isEmpty()) {
            put(key, text(texts.cut(key, text, maxChars)));
        }
    }

    void number(String key, long value) {
        put(key, number(value));
    }

    void flag(String key) {
        put(key, AnyValue.newBuilder().setBoolValue(true).build());
    }

    /** Texts; nothing when there are none. */
    void texts(String key, List<String> values) {
        if (!values.isEmpty()) {
            put(
                    key,
                    array(values.stream()
                            .map(value -> texts.value(key, value, Integer.MAX_VALUE))
                            .toList()));
        }
    }

    static KeyValue of(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    static AnyValue number(long value) {
        return AnyValue.newBuilder().setIntValue(value).build();
    }

    static AnyValue array(List<String> values) {
        var array = ArrayValue.newBuilder();
        values.forEach(value -> array.addValues(text(value)));
        return AnyValue.newBuilder().setArrayValue(array).build();
    }

    private static int bytes(KeyValue entry) {
        return entry.getSerializedSize() + FRAME_BYTES;
    }
}
