package io.cruddur.backend.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at what was sent, and gathers all that is wrong with it. */
public final class Input {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** NUL, and halves of surrogate pairs. */
    private static final Pattern NOT_STORABLE = Pattern.compile(
            "\\x{0}|[\\x{D800}-\\x{DBFF}](?![\\x{DC00}-\\x{DFFF}])|(?<![\\x{D800}-\\x{DBFF}])[\\x{DC00}-\\x{DFFF}]");

    private final List<String> problems = new ArrayList<>();

    private Input() {}

    public static Input check() {
        return new Input();
    }

    /** Notes the problem if the condition does not hold. */
    public Input that(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
        return this;
    }

    /** Notes a text that is blank, or has more characters than that, as people count them. */
    public Input text(@Nullable String text, String blank, int longest, String tooLong) {
        boolean present = text != null && !text.isBlank();
        return that(present, blank).atMost(present ? text : null, longest, tooLong);
    }

    /** Notes a text that is there and has more characters than that, as people count them. */
    public Input atMost(@Nullable String text, int longest, String tooLong) {
        return that(text == null || text.codePointCount(0, text.length()) <= longest, tooLong);
    }

    /** @throws InvalidInputException if anything is wrong */
    public void orThrow() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** A value that was checked to be there. */
    public static String present(@Nullable String checked) {
        return Objects.requireNonNull(checked);
    }

    /**
     * Reads an id out of a path.
     *
     * @throws NotFoundException if it is none, so that nothing has it
     */
    public static UUID uuid(String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new NotFoundException();
        }
        return UUID.fromString(text);
    }

    /** The text with U+FFFD for what PostgreSQL and UTF-8 cannot hold: NUL, and halves of characters. */
    public static String storable(String text) {
        return NOT_STORABLE.matcher(text).replaceAll("\uFFFD");
    }
}
