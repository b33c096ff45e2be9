package io.cruddur.obs.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A pattern of the application's own. RE2 does not go back, so no text can make it slow. */
final class CustomPattern implements Detector {
    private final Pattern pattern;
    /** What is taken out: the first group, or all. */
    private final int group;

    CustomPattern(String regex) {
        this.pattern = compile(regex);
        this.group = Math.min(1, pattern.groupCount());
        if (pattern.matcher("").find()) {
            throw new IllegalArgumentException("The pattern '" + regex
                    + "' matches where there is nothing. Valid is one that matches a secret alone.");
        }
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "The pattern '" + regex + "' is not one of RE2: " + e.getMessage()
                            + ". It knows no look-ahead, look-behind or reference back.",
                    e);
        }
    }

    @Override
    public long find(String text, int from) {
        Matcher matcher = pattern.matcher(text);
        int next = from;
        while (next <= text.length() && matcher.find(next)) {
            int start = matcher.start(group);
            int end = matcher.end(group);
            if (start >= from && end > start && !text.startsWith(Redactor.MARK, start)) {
                return Range.of(start, end);
            }
            next = Math.max(next + 1, matcher.end());
        }
        return Range.NONE;
    }
}
