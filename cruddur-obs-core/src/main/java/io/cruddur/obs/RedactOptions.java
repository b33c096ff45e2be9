package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.redact.Secrets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which secrets are taken out of what is sent, beyond those that are known: {@code builder.redact(secrets -> ...)}. Used
 * by one thread.
 */
public final class RedactOptions {
    private final List<String> patterns = new ArrayList<>();
    private final List<String> sensitiveNames = new ArrayList<>();
    private boolean on = true;

    RedactOptions() {}

    /**
     * Takes out what matches.
     *
     * @param regex in RE2's syntax, which is Perl's without look-around and references back: so it takes linear time. What
     *     its first group matches is taken out, or the whole if it has none
     * @throws IllegalArgumentException if it does not compile, or matches an empty text; says why
     */
    @CanIgnoreReturnValue
    public RedactOptions pattern(String regex) {
        patterns.add(regex);
        check();
        return this;
    }

    /**
     * Takes out the values of fields, headers, MDC keys and parameters of that name, and of names that end so.
     *
     * @param name such as {@code employee-no}; case does not count, nor do {@code _}, {@code -} and {@code .}
     * @throws IllegalArgumentException if it has no letter or digit
     */
    @CanIgnoreReturnValue
    public RedactOptions sensitiveName(String name) {
        sensitiveNames.add(name);
        check();
        return this;
    }

    /** Takes nothing out. */
    @CanIgnoreReturnValue
    public RedactOptions off() {
        on = false;
        return this;
    }

    private void check() {
        // Where it is said, so that the complaint points there.
        var checked = new Secrets(patterns, sensitiveNames);
        assert checked.redactions() == 0;
    }

    Redactor redactor() {
        return on ? new Secrets(patterns, sensitiveNames) : Redactor.NONE;
    }
}
