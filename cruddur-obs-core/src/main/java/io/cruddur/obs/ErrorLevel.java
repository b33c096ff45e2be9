package io.cruddur.obs;

import java.util.Locale;

/** How bad an error is, in Rollbar's words. */
public enum ErrorLevel {
    CRITICAL,
    ERROR,
    WARNING,
    INFO,
    DEBUG;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    String wireName() {
        return wireName;
    }
}
