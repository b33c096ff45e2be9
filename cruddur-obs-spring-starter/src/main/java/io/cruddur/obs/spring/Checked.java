package io.cruddur.obs.spring;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads values; what cannot be read ends the start with the name and the valid form. */
public final class Checked {
    private Checked() {}

    /** The value that the code makes; its complaint about an argument becomes ours. */
    public static <T> T value(String name, String validForm, Supplier<T> code) {
        try {
            return code.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidObsPropertyException(
                    name, sentence(String.valueOf(e.getMessage())), "Set " + name + " to " + validForm + ".", e);
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** An address that HTTP can be spoken to. The text is left out of the complaint: it may hold a password. */
    static @Nullable URI url(Setting.@Nullable Found found, String example) {
        return found == null ? null : value(found.name(), "an http or https URL, such as " + example, () -> url(found));
    }

    /** A header's value that HTTP can carry. The value is left out of the complaint: it may be a key. */
    static String header(String property, String name, String value) {
        try {
            HttpRequest.newBuilder().header(name, value);
            return value;
        } catch (IllegalArgumentException e) {
            // Without the cause: its message has the value.
            throw new InvalidObsPropertyException(
                    property + "." + name,
                    "That header cannot be sent.",
                    "Set " + property + " to names and values of HTTP headers, such as headers.x-key=value.",
                    null);
        }
    }

    /** An address without what may be secret in it. */
    static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static URI url(Setting.Found found) {
        try {
            URI url = new URI(found.value());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!http || url.getHost() == null) {
                throw new IllegalArgumentException("It is not an http or https URL.");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("It is not a URL: " + e.getReason() + ".");
        }
    }
}
