package io.cruddur.obs.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow: text as UTF-8 with the escapes of JSON, digits, hexadecimal digits. No object is made on the way. */
class Utf8Bytes {
    private static final int INITIAL = 4_096;
    /** One huge record must not keep its buffer for good. */
    private static final int MAX_KEPT = 1 << 20;
    /** Room is asked for once a run of characters, not once a character. */
    private static final int RUN = 512;
    /** A control character takes the most: a backslash, u and four digits. */
    private static final int MAX_BYTES_A_CHAR = 6;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /** What is no longer than that is copied here. */
    private static final int SHORT = 40;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** Two digits at a time. */
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final short[] HEX_PAIRS = hexPairs();
    private static final short[] DIGIT_PAIRS = digitPairs();
    private static final boolean[] PLAIN = plain();

    private byte[] bytes = new byte[INITIAL];
    private int length;

    private static short[] hexPairs() {
        short[] pairs = new short[256];
        for (int i = 0; i < 256; i++) {
            pairs[i] = (short) (HEX[i >> 4] << 8 | HEX[i & 0xF]);
        }
        return pairs;
    }

    private static short[] digitPairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < 100; i++) {
            pairs[i] = (short) ('0' + i / 10 << 8 | '0' + i % 10);
        }
        return pairs;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        Arrays.fill(plain, 0x20, 0x7F, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }

    final void empty() {
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[INITIAL];
        }
        length = 0;
    }

    /** Bytes written so far. */
    public final int length() {
        return length;
    }

    /** The buffer itself, valid up to {@link #length} and until the next write. */
    public final byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public final byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    final void length(int shorter) {
        length = shorter;
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * length));
        }
    }

    final void append(int b) {
        ensure(1);
        bytes[length++] = (byte) b;
    }

    /** Most are a few bytes long: eight at a time are cheaper than the call that copies any number. */
    final void append(byte[] source) {
        int count = source.length;
        ensure(count);
        byte[] to = bytes;
        int at = length;
        if (count < 8) {
            for (int i = 0; i < count; i++) {
                to[at + i] = source[i];
            }
        } else if (count <= SHORT) {
            for (int i = 0; i < count - 8; i += 8) {
                LONGS.set(to, at + i, (long) LONGS.get(source, i));
            }
            // The last eight, some of them perhaps again.
            LONGS.set(to, at + count - 8, (long) LONGS.get(source, count - 8));
        } else {
            System.arraycopy(source, 0, to, at, count);
        }
        length = at + count;
    }

    final void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
    }

    /**
     * Writes a text with the escapes of JSON, as far as the limit allows; never a half of a character.
     *
     * @return how many of its characters are written
     */
    final int escaped(String text, int maxBytes) {
        return escaped(text, 0, maxBytes);
    }

    /** The same from a character on; returns where it stopped. */
    final int escaped(String text, int from, int maxBytes) {
        int stop = length + maxBytes;
        int chars = text.length();
        int i = from;
        while (i < chars) {
            int end = Math.min(chars, i + RUN);
            ensure(RUN * MAX_BYTES_A_CHAR);
            byte[] to = bytes;
            int at = length;
            while (i < end) {
                char c = text.charAt(i);
                int before = at;
                int taken = 1;
                if (c < 0x80) {
                    at = PLAIN[c] ? plain(to, at, c) : escape(to, at, c);
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < chars
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    at = codePoint(to, at, Character.toCodePoint(c, text.charAt(i + 1)));
                    taken = 2;
                } else {
                    at = codePoint(to, at, Character.isSurrogate(c) ? 0xFFFD : c);
                }
                if (at > stop) {
                    length = before;
                    return i;
                }
                i += taken;
            }
            length = at;
        }
        return chars;
    }

    private static int plain(byte[] to, int at, char c) {
        to[at] = (byte) c;
        return at + 1;
    }

    private static int escape(byte[] to, int from, char c) {
        int at = from;
        to[at++] = '\\';
        switch (c) {
            case '"', '\\' -> to[at++] = (byte) c;
            case '\n' -> to[at++] = 'n';
            case '\r' -> to[at++] = 'r';
            case '\t' -> to[at++] = 't';
            default -> {
                to[at++] = 'u';
                to[at++] = '0';
                to[at++] = '0';
                to[at++] = HEX[c >> 4];
                to[at++] = HEX[c & 0xF];
            }
        }
        return at;
    }

    private static int codePoint(byte[] to, int from, int c) {
        int at = from;
        if (c < 0x800) {
            to[at++] = (byte) (0xC0 | (c >> 6));
        } else {
            if (c < 0x10000) {
                to[at++] = (byte) (0xE0 | (c >> 12));
            } else {
                to[at++] = (byte) (0xF0 | (c >> 18));
                to[at++] = (byte) (0x80 | ((c >> 12) & 0x3F));
            }
            to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        to[at++] = (byte) (0x80 | (c & 0x3F));
        return at;
    }

    /** Writes the last digits of a number, an even count. */
    final void hex(long value, int digits) {
        ensure(digits);
        byte[] to = bytes;
        int at = length;
        for (int shift = digits * 4 - 8; shift >= 0; shift -= 8) {
            SHORTS.set(to, at, HEX_PAIRS[(int) (value >>> shift) & 0xFF]);
            at += 2;
        }
        length = at;
    }

    final void decimal(long value) {
        if (value < 0) {
            ascii(Long.toString(value));
            return;
        }
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        ensure(count);
        long rest = value;
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    /** Writes a number below a million with all its six digits. */
    final void sixDigits(int value) {
        ensure(6);
        SHORTS.set(bytes, length, DIGIT_PAIRS[value / 10_000]);
        SHORTS.set(bytes, length + 2, DIGIT_PAIRS[value / 100 % 100]);
        SHORTS.set(bytes, length + 4, DIGIT_PAIRS[value % 100]);
        length += 6;
    }
}
