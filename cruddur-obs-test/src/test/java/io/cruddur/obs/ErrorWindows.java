package io.cruddur.obs;

import java.time.Duration;

/** A minute of another length, for tests that cannot wait for one. */
public final class ErrorWindows {
    private ErrorWindows() {}

    /** Has storms told of after that time instead of a minute. */
    public static void of(ErrorOptions options, Duration window) {
        options.window(window);
    }
}
