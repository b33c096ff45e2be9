package io.cruddur.obs.console.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * What others sent, as it may go to a log: to the terminal that shows it a control character is a command, and a line
 * break begins what looks like a line of our own.
 */
public final class Printable {

    /** Longer chains of causes do not happen, but by a circle in one. */
    private static final int MAX_CAUSES = 20;

    private Printable() {}

    /** With the characters that are no text written by their numbers, as in the source of a program. */
    static String text(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isText(c)) clean.append(c);
            else clean.append(String.format("\\u%04x", (int) c));
        }
        return clean.toString();
    }

    /** The same failure, or where a message in it has such characters, one that reads like it and is printed alike. */
    public static Throwable failure(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MAX_CAUSES; i++, at = at.getCause()) {
            if (!text(at.toString()).equals(at.toString())) return copy(failure, 0);
        }
        return failure;
    }

    private static Throwable copy(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        return new Copy(failure, cause == null || depth == MAX_CAUSES ? null : copy(cause, depth + 1));
    }

    private static boolean isText(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static final class Copy extends Throwable {

        private final String told;

        Copy(Throwable original, @Nullable Throwable cause) {
            super(text(String.valueOf(original.getMessage())), cause, false, true);
            told = text(original.toString());
            setStackTrace(original.getStackTrace());
        }

        @Override
        public String toString() {
            return told;
        }
    }
}
