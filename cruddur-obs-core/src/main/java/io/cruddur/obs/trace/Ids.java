package io.cruddur.obs.trace;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of traces and spans as longs, and their text forms.
 *
 * <p>The generator of each thread is fast but seeded from little; mixing in a secret of the process keeps two processes
 * that start in the same instant apart, at the cost of one XOR.
 */
public final class Ids {
    private static final long SALT = new SecureRandom().nextLong();
    private static final HexFormat HEX = HexFormat.of();

    private Ids() {}

    /** A span id: never 0, which W3C forbids. */
    static long spanId() {
        long id;
        do {
            id = random();
        } while (id == 0);
        return id;
    }

    /** 64 random bits. */
    static long random() {
        return ThreadLocalRandom.current().nextLong() ^ SALT;
    }

    /** Epoch seconds in the upper half, random bits in the lower. */
    static long traceIdHigh(long epochSeconds) {
        return (epochSeconds << 32) | (random() >>> 32);
    }

    /** A version 4 UUID, without the lock and the system call of {@link UUID#randomUUID()}. */
    public static UUID uuid() {
        long high = (random() & ~0xF000L) | 0x4000L;
        long low = (random() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** 16 hexadecimal digits. */
    public static String hex(long id) {
        return HEX.toHexDigits(id);
    }

    /** The W3C form: 32 hexadecimal digits. */
    public static String w3cTraceId(long high, long low) {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    /** The X-Ray form: {@code 1-}, 8 digits, {@code -}, 24 digits. */
    public static String xrayTraceId(long high, long low) {
        return "1-" + HEX.toHexDigits(high >>> 32, 8) + '-' + HEX.toHexDigits(high, 8) + HEX.toHexDigits(low);
    }
}
