package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Ids;
import org.jspecify.annotations.Nullable;

/** An error that is about to be reported; ends in {@link #report}. Used by one thread. */
@CheckReturnValue
public final class ErrorReport {
    /** Null while Cruddur Obs is off. */
    private final @Nullable ErrorReporter reporter;

    private final ErrorItem item;

    ErrorReport(@Nullable ErrorReporter reporter, @Nullable Throwable throwable, @Nullable String message) {
        this.reporter = reporter;
        this.item = new ErrorItem(throwable, message);
    }

    /** How bad it is; {@link ErrorLevel#ERROR} by default, or as {@link ErrorOptions#level} says of its class. */
    public ErrorReport level(ErrorLevel level) {
        item.level(level);
        return this;
    }

    /** What is to be said of an exception beside its own message; at most 8,192 characters are kept. */
    public ErrorReport message(String message) {
        item.message(message);
        return this;
    }

    /**
     * Adds a value, copied now; at most 64 of them, of about 2 MB in all. Maps, collections, arrays, numbers, booleans and text as they are,
     * anything else as its {@code toString()}, which is called on this thread.
     */
    public ErrorReport with(String key, @Nullable Object value) {
        item.with(key, value);
        return this;
    }

    /** Says whom it happened to; at most 40 characters. Nobody else ever says so: it is never guessed from a request. */
    public ErrorReport person(@Nullable String id) {
        item.person(id);
        return this;
    }

    /** The same with a name and an address, each at most 255 characters, null to leave it out. */
    public ErrorReport person(@Nullable String id, @Nullable String username, @Nullable String email) {
        item.person(id, username, email);
        return this;
    }

    /** Says by what it is grouped, and counted against the limit of {@link ErrorOptions#maxPerMinute}. */
    public ErrorReport fingerprint(@Nullable String fingerprint) {
        item.fingerprint(fingerprint);
        return this;
    }

    /** What Rollbar calls it; at most 255 characters are kept. */
    public ErrorReport title(@Nullable String title) {
        item.title(title);
        return this;
    }

    /** The part of the application in which it happened, such as a route; at most 255 characters are kept. */
    public ErrorReport context(@Nullable String context) {
        item.context(context);
        return this;
    }

    /** Adds the request in which it happened. */
    public ErrorReport request(@Nullable HttpRequest request) {
        item.request(request);
        return this;
    }

    /** Says which HTTP status it became. Of 400 to 499 it is the client's failure, which is not reported by default. */
    public ErrorReport status(int status) {
        item.status(status);
        return this;
    }

    /** Says that nothing of the application's caught it. Whoever did, a container or the JVM, says so in the log itself. */
    public ErrorReport uncaught() {
        item.uncaught();
        return this;
    }

    /** The same of one that is kept where hardly anybody looks. */
    ErrorReport swallowed() {
        item.swallowed();
        return this;
    }

    /**
     * Reports it, with the ids of the current trace, whose span is marked. Never throws and does no I/O. An exception that
     * was reported already, itself, what it wraps or what wraps it, is not reported again.
     *
     * @return the uuid of the item: its own; that of the earlier report; or, where there were too many like it, that of the
     *     item which will say how many. An item of the uuid is sent unless errors go nowhere or a filter leaves it out
     */
    @CanIgnoreReturnValue
    public String report() {
        return reporter == null ? Ids.uuid().toString() : reporter.report(item);
    }
}
