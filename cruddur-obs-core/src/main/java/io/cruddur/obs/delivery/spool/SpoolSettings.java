package io.cruddur.obs.delivery.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where and how much.
 *
 * @param base an existing place, or one to be made; believed to be right, whoever may read it
 * @param names the directories below it that belong to one sink of one service, closed to other users; each process
 *     has one of its own in the last
 * @param maxBytes the most that this process may keep there, what it took over from dead ones included
 * @param maxAge older records are lost when they are read; CloudWatch Logs refuses what is older than 14 days
 */
public record SpoolSettings(Path base, List<String> names, long maxBytes, Duration maxAge) {

    private static final int LONGEST = 180;

    /** The directory of the sink. */
    Path directory() {
        Path directory = base;
        for (String name : names) {
            directory = directory.resolve(fileName(name));
        }
        return directory;
    }

    /** Names of services and groups have characters that a file's name may not; no two become the same. */
    private static String fileName(String name) {
        var safe = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
            safe.append(plain ? String.valueOf(c) : "%%%04x".formatted((int) c));
        }
        return safe.length() <= LONGEST
                ? safe.toString()
                : safe.substring(0, LONGEST) + '-' + Integer.toHexString(name.hashCode());
    }
}
