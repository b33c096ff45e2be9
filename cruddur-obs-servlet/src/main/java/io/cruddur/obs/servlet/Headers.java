package io.cruddur.obs.servlet;

import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Cuts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Reads headers by name; nothing here walks over all of them. */
final class Headers {
    private Headers() {}

    /** All values of a header, joined by a comma: so a parser that takes one sees that there are more. */
    static @Nullable String joined(HttpServletRequest request, String name) {
        // Most headers that are asked for are not there, and this way costs nothing then.
        if (request.getHeader(name) == null) {
            return null;
        }
        Enumeration<String> values = request.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return null;
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return first;
        }
        var all = new StringBuilder(first);
        while (values.hasMoreElements()) {
            all.append(',').append(values.nextElement());
        }
        return all.toString();
    }

    /** The text without control characters, in at most so many characters. */
    static String safe(String text, int maxChars) {
        // Cut twice: escaping takes time, and makes the text longer.
        return cut(ControlCharacters.escape(cut(text, maxChars)), maxChars);
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, Cuts.before(text, maxChars));
    }
}
