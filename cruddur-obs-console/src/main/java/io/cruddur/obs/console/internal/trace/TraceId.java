package io.cruddur.obs.console.internal.trace;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two ways to write one trace id: X-Ray's {@code 1-5759e988-bd862e3fe1be46a994272793} and W3C's 32 digits. */
public final class TraceId {

    private static final Pattern EITHER =
            Pattern.compile("(?:1-([0-9a-f]{8})-([0-9a-f]{24})|([0-9a-f]{8})([0-9a-f]{24}))", Pattern.CASE_INSENSITIVE);

    private static final Pattern XRAY_IN_TEXT = Pattern.compile("\\b1-[0-9a-f]{8}-[0-9a-f]{24}\\b");

    private TraceId() {}

    /** The X-Ray form, in lower case, of an id in either form; null if it is neither. */
    public static @Nullable String xray(@Nullable String id) {
        if (id == null || id.length() > 35) return null;
        Matcher form = EITHER.matcher(id);
        if (!form.matches()) return null;
        String seconds = form.group(1) != null ? form.group(1) : form.group(3);
        String random = form.group(2) != null ? form.group(2) : form.group(4);
        return ("1-" + seconds + "-" + random).toLowerCase(Locale.ROOT);
    }

    public static String w3c(String xrayForm) {
        return xrayForm.substring(2, 10) + xrayForm.substring(11);
    }

    /** The first id in X-Ray form within a text: other languages' log lines carry theirs so. */
    public static @Nullable String findIn(String text) {
        Matcher found = XRAY_IN_TEXT.matcher(text);
        return found.find() ? found.group() : null;
    }
}
