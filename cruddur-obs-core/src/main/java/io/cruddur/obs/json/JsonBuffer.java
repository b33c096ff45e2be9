package io.cruddur.obs.json;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 into a buffer that grows and is used again. Commas are placed by the buffer. A lone surrogate is
 * written as U+FFFD, and a number that JSON has no word for (NaN, infinity) as a string, so that the result is always
 * valid. Used by one thread.
 */
public final class JsonBuffer {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private static final int INITIAL = 4_096;
    /** One huge record must not keep its buffer for good. */
    private static final int MAX_KEPT = 1 << 20;

    private byte[] bytes = new byte[INITIAL];
    private int length;
    private boolean comma;

    /** Empties the buffer. */
    public JsonBuffer clear() {
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[INITIAL];
        }
        length = 0;
        comma = false;
        return this;
    }

    /** Bytes written since {@link #clear}. */
    public int length() {
        return length;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Opens an object. */
    public JsonBuffer beginObject() {
        return open('{');
    }

    /** Opens an object under a key. */
    public JsonBuffer beginObject(String key) {
        return key(key).beginObject();
    }

    /** Closes the object. */
    public JsonBuffer endObject() {
        return close('}');
    }

    /** Opens an array. */
    public JsonBuffer beginArray() {
        return open('[');
    }

    /** Opens an array under a key. */
    public JsonBuffer beginArray(String key) {
        return key(key).beginArray();
    }

    /** Closes the array. */
    public JsonBuffer endArray() {
        return close(']');
    }

    /** Writes a key; its value comes next. */
    public JsonBuffer key(String key) {
        string(key);
        append(':');
        comma = false;
        return this;
    }

    /** Writes a string under a key; nothing at all when it is null. */
    public JsonBuffer field(String key, @Nullable String value) {
        return value == null ? this : key(key).string(value);
    }

    /** Writes a whole number under a key. */
    public JsonBuffer field(String key, long value) {
        return key(key).number(value);
    }

    /** Writes {@code "key": true}. */
    public JsonBuffer flag(String key) {
        return key(key).raw("true");
    }

    /** Writes a string. */
    public JsonBuffer string(String value) {
        separate();
        append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                ascii(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                codePoint(Character.toCodePoint(c, value.charAt(++i)));
            } else {
                codePoint(Character.isSurrogate(c) ? 0xFFFD : c);
            }
        }
        append('"');
        comma = true;
        return this;
    }

    /** Writes a whole number. */
    public JsonBuffer number(long value) {
        return raw(Long.toString(value));
    }

    /** Writes epoch seconds with six decimals, without going through a double, which has not enough digits. */
    public JsonBuffer epochSeconds(long epochMicros) {
        separate();
        digits(Math.floorDiv(epochMicros, 1_000_000L), 1);
        append('.');
        digits(Math.floorMod(epochMicros, 1_000_000L), 6);
        comma = true;
        return this;
    }

    /** Writes an id as a string of 16 hexadecimal digits. */
    public JsonBuffer hexId(long id) {
        separate();
        append('"');
        hex(id, 16);
        append('"');
        comma = true;
        return this;
    }

    /** Writes a trace id as a string in the form {@code 1-8 digits-24 digits}. */
    public JsonBuffer xrayTraceId(long high, long low) {
        separate();
        append('"');
        append('1');
        append('-');
        hex(high >>> 32, 8);
        append('-');
        hex(high, 8);
        hex(low, 16);
        append('"');
        comma = true;
        return this;
    }

    /** Writes a captured value: null, strings, numbers, booleans, maps and arrays or lists of these. */
    public JsonBuffer value(@Nullable Object value) {
        if (value == null) {
            return raw("null");
        }
        if (value instanceof String text) {
            return string(text);
        }
        if (value instanceof Boolean) {
            return raw(value.toString());
        }
        if (value instanceof Number number) {
            return isWritable(number) ? raw(number.toString()) : string(number.toString());
        }
        if (value instanceof Map<?, ?> map) {
            beginObject();
            map.forEach((key, inner) -> key(String.valueOf(key)).value(inner));
            return endObject();
        }
        if (value instanceof Iterable<?> items) {
            beginArray();
            items.forEach(this::value);
            return endArray();
        }
        return string(value.toString());
    }

    private static boolean isWritable(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue());
        }
        return number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof java.math.BigDecimal
                || number instanceof java.math.BigInteger;
    }

    private JsonBuffer raw(String text) {
        separate();
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
        comma = true;
        return this;
    }

    private JsonBuffer open(char bracket) {
        separate();
        append(bracket);
        comma = false;
        return this;
    }

    private JsonBuffer close(char bracket) {
        append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            append(',');
        }
    }

    private void ascii(char c) {
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            default -> {
                if (c < 0x20 || c == 0x7F) {
                    escape('u');
                    hex(c, 4);
                } else {
                    append(c);
                }
            }
        }
    }

    private void escape(char c) {
        append('\\');
        append(c);
    }

    private void codePoint(int c) {
        if (c < 0x800) {
            append(0xC0 | (c >> 6));
        } else {
            if (c < 0x10000) {
                append(0xE0 | (c >> 12));
            } else {
                append(0xF0 | (c >> 18));
                append(0x80 | ((c >> 12) & 0x3F));
            }
            append(0x80 | ((c >> 6) & 0x3F));
        }
        append(0x80 | (c & 0x3F));
    }

    private void hex(long value, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            append(HEX[(int) (value >>> shift) & 0xF]);
        }
    }

    private void digits(long value, int atLeast) {
        String text = Long.toString(value);
        for (int i = text.length(); i < atLeast; i++) {
            append('0');
        }
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
    }

    private void append(int b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) b;
    }
}
