package io.cruddur.obs.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 into a buffer that grows and is used again. Commas are placed by the buffer. A lone surrogate is
 * written as U+FFFD, and a number that JSON has no word for (NaN, infinity) as a string, so that the result is always
 * valid. Used by one thread.
 */
public final class JsonBuffer extends Utf8Bytes {
    private static final long MICROS = 1_000_000L;
    /** Whole numbers up to this are exact in a double. */
    private static final double MAX_EXACT = 1L << 53;

    private boolean comma;
    /** Times of one tree lie in one second or two: its digits are kept. */
    private long lastSecond = Long.MIN_VALUE;

    private byte[] lastSecondDigits = {};
    private long lastIsoSecond = Long.MIN_VALUE;
    private byte[] lastIso = {};

    /** Empties the buffer. */
    public JsonBuffer clear() {
        empty();
        comma = false;
        return this;
    }

    /** Takes back what was written after the buffer had this length; what comes next gets a comma if it is said to. */
    public JsonBuffer cutBackTo(int earlierLength, boolean commaNext) {
        length(earlierLength);
        comma = commaNext;
        return this;
    }

    /** Bytes as they are, with the commas that are in them; what comes next gets none in front. */
    public JsonBuffer literal(byte[] utf8) {
        append(utf8);
        comma = false;
        return this;
    }

    /** One such byte. */
    public JsonBuffer literal(char ascii) {
        append(ascii);
        comma = false;
        return this;
    }

    /** What comes next gets a comma in front. */
    public JsonBuffer commaNext() {
        comma = true;
        return this;
    }

    /** 16 hexadecimal digits, without quotes. */
    public JsonBuffer hexDigits(long value) {
        hex(value, 16);
        return this;
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
        return colon();
    }

    /** Writes a key that was escaped before, with its quotes and its colon; its value comes next. */
    public JsonBuffer key(byte[] quoted) {
        separate();
        return literal(quoted);
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
        escaped(value, Integer.MAX_VALUE - length());
        return endString();
    }

    /**
     * Writes a string, or as much of it as fits and how long it was.
     *
     * @param maxBytes the most that it may take, escapes and all; at least 64
     * @return false if some of it is missing
     */
    public boolean string(String value, int maxBytes) {
        if (maxBytes >= value.length() * 6L + 2) {
            string(value);
            return true;
        }
        separate();
        int from = length();
        append('"');
        boolean whole = escaped(value, maxBytes - 2) == value.length();
        if (!whole) {
            byte[] mark = ("… (" + value.length() + " characters)").getBytes(StandardCharsets.UTF_8);
            length(from + 1);
            escaped(value, maxBytes - 2 - mark.length);
            append(mark);
        }
        endString();
        return whole;
    }

    /**
     * Writes a run of a text as a string, as long as fits; never a half of a character.
     *
     * @param from its first character
     * @param maxBytes the most that it may take, quotes, escapes and all
     * @return the first character that is not in it
     */
    public int stringPart(String text, int from, int maxBytes) {
        separate();
        append('"');
        int end = escaped(text, from, maxBytes - 2);
        endString();
        return end;
    }

    /** Writes a whole number. */
    public JsonBuffer number(long value) {
        separate();
        decimal(value);
        comma = true;
        return this;
    }

    /** Writes a number; NaN and the infinities as strings. */
    public JsonBuffer number(double value) {
        double micros = Math.rint(value * MICROS);
        // Six decimals are the number itself if dividing them gives it back: a division rounds as reading does.
        if (Math.abs(micros) < MAX_EXACT && micros / MICROS == value && !(value == 0 && 1 / value < 0)) {
            separate();
            decimals((long) micros);
            comma = true;
            return this;
        }
        return Double.isFinite(value) ? raw(Double.toString(value)) : string(Double.toString(value));
    }

    private void decimals(long micros) {
        if (micros < 0) {
            append('-');
        }
        long rest = Math.abs(micros);
        decimal(rest / MICROS);
        append('.');
        sixDigits((int) (rest % MICROS));
        int end = length();
        while (array()[end - 1] == '0' && array()[end - 2] != '.') {
            end--;
        }
        length(end);
    }

    /** Writes epoch seconds with six decimals, without going through a double, which has not enough digits. */
    public JsonBuffer epochSeconds(long epochMicros) {
        separate();
        long second = Math.floorDiv(epochMicros, MICROS);
        if (second != lastSecond) {
            lastSecond = second;
            lastSecondDigits = (second + ".").getBytes(StandardCharsets.US_ASCII);
        }
        append(lastSecondDigits);
        sixDigits((int) (epochMicros - second * MICROS));
        comma = true;
        return this;
    }

    /** Writes a time as a string in UTC with microseconds, such as {@code 2026-11-23T02:17:03.000001Z}. */
    public JsonBuffer isoTime(long epochMicros) {
        separate();
        long second = Math.floorDiv(epochMicros, MICROS);
        if (second != lastIsoSecond) {
            lastIsoSecond = second;
            String text = Instant.ofEpochSecond(second).toString();
            lastIso = ('"' + text.substring(0, text.length() - 1) + '.').getBytes(StandardCharsets.US_ASCII);
        }
        append(lastIso);
        sixDigits((int) (epochMicros - second * MICROS));
        append('Z');
        return endString();
    }

    /** Writes an id as a string of 16 hexadecimal digits. */
    public JsonBuffer hexId(long id) {
        separate();
        append('"');
        hex(id, 16);
        return endString();
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
        return endString();
    }

    /** Writes a captured value: null, strings, numbers, booleans, maps and arrays or lists of these. */
    public JsonBuffer value(@Nullable Object value) {
        if (value instanceof String text) {
            return string(text);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value == null || value instanceof Boolean) {
            return raw(String.valueOf(value));
        }
        if (value instanceof Map<?, ?> map) {
            beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                key(String.valueOf(entry.getKey())).value(entry.getValue());
            }
            return endObject();
        }
        if (value instanceof Iterable<?> items) {
            beginArray();
            for (Object item : items) {
                value(item);
            }
            return endArray();
        }
        return string(value.toString());
    }

    private JsonBuffer number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number(number.longValue());
        }
        if (number instanceof Double) {
            return number(number.doubleValue());
        }
        boolean valid = number instanceof Float single
                ? Float.isFinite(single)
                : number instanceof java.math.BigDecimal || number instanceof java.math.BigInteger;
        return valid ? raw(number.toString()) : string(number.toString());
    }

    /**
     * Makes the value that was written since into a string: its JSON as text, as much of it as fits, and how long it
     * was. For a value that is too large to be sent as it is.
     *
     * @param from where the value began, behind its key
     * @param maxBytes the most that the string may take; at least 64
     */
    public void valueToText(int from, int maxBytes) {
        byte[] mark = ("… (" + (length() - from) + " bytes of JSON)").getBytes(StandardCharsets.UTF_8);
        // Cut before a byte that continues a character, the text is whole characters.
        int end = from + Math.min(length() - from, maxBytes);
        while (end > from && end < length() && (array()[end] & 0xC0) == 0x80) {
            end--;
        }
        String kept = new String(array(), from, end - from, StandardCharsets.UTF_8);
        length(from);
        append('"');
        escaped(kept, maxBytes - 2 - mark.length);
        append(mark);
        endString();
    }

    private JsonBuffer raw(String text) {
        separate();
        ascii(text);
        comma = true;
        return this;
    }

    private JsonBuffer colon() {
        append(':');
        comma = false;
        return this;
    }

    private JsonBuffer endString() {
        append('"');
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
}
