package io.cruddur.obs.servlet;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Sets up the access log: {@code ObsFilter.builder(obs).accessLog(log -> ...)}. Used by one thread. */
public final class AccessLogOptions {
    boolean on = true;
    String logger = "cruddur.access";

    @Nullable Level level;

    PathGlobs excluded = PathGlobs.NONE;
    double share = 1;
    long slowNanos = Long.MAX_VALUE;

    AccessLogOptions() {}

    /** Writes no line. */
    @CanIgnoreReturnValue
    public AccessLogOptions off() {
        on = false;
        return this;
    }

    /** The logger's name; {@code cruddur.access} by default. */
    @CanIgnoreReturnValue
    public AccessLogOptions logger(String name) {
        logger = name;
        return this;
    }

    /**
     * One level for all lines. By default it is the status's: info, warn for 4xx, error for 5xx.
     *
     * @param value the level; null for the status's
     */
    @CanIgnoreReturnValue
    public AccessLogOptions level(@Nullable Level value) {
        level = value;
        return this;
    }

    /**
     * Paths, within the application, that have no line whatever their status; they are traced all the same.
     *
     * @param globs as for {@link ObsFilter.Builder#exclude}
     * @throws IllegalArgumentException naming the one that does not begin with a slash
     */
    @CanIgnoreReturnValue
    public AccessLogOptions exclude(List<String> globs) {
        excluded = PathGlobs.of(globs);
        return this;
    }

    /**
     * The share of the requests that have a line; all by default. A status of 400 and more always has one.
     *
     * @throws IllegalArgumentException if it is not a number from 0 to 1
     */
    @CanIgnoreReturnValue
    public AccessLogOptions sample(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("The share of the requests is a number from 0 to 1; it was " + value);
        }
        share = value;
        return this;
    }

    /**
     * From how long on a request always has a line, whatever the share; none by default.
     *
     * @throws IllegalArgumentException if it is negative
     */
    @CanIgnoreReturnValue
    public AccessLogOptions slow(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("The time of a slow request is not negative; it was " + value);
        }
        slowNanos = value.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : value.toNanos();
        return this;
    }
}
