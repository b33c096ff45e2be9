package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.error.Person;
import io.cruddur.obs.trace.HttpRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error on its way to become an item, for an {@link ErrorCustomizer}. Used by one thread, and not after it returns. */
public final class ErrorItem {
    private static final int MAX_VALUES = 64;
    /** More than Rollbar takes, so that the cut is made where the rest is known. */
    private static final int MAX_CUSTOM_BYTES = 2 << 20;

    private static final int MAX_TITLE = 255;
    private static final int MAX_FINGERPRINT = 1_024;
    private static final int MAX_PERSON_ID = 40;
    private static final int MAX_TEXT = 255;
    private static final int MAX_MESSAGE = 8_192;

    private final @Nullable Throwable throwable;
    private @Nullable String message;
    private @Nullable Map<String, @Nullable Object> custom;
    private int customBytes;
    private @Nullable ErrorLevel level;
    private @Nullable String title;
    private @Nullable String fingerprint;
    private @Nullable String context;
    private @Nullable Person person;
    private @Nullable HttpRequest request;
    private int status;
    private boolean uncaught;
    private boolean swallowed;
    private boolean dropped;

    ErrorItem(@Nullable Throwable throwable, @Nullable String message) {
        this.throwable = throwable;
        message(message);
    }

    /** What was thrown; null where a message was reported. */
    public @Nullable Throwable throwable() {
        return throwable;
    }

    /** What was reported, or said beside an exception; null for nothing. */
    public @Nullable String message() {
        return message;
    }

    /** Replaces the message; at most 8,192 characters are kept. */
    @CanIgnoreReturnValue
    public ErrorItem message(@Nullable String value) {
        message = value == null ? null : CapturedValue.shortened(value, MAX_MESSAGE);
        return this;
    }

    /** How bad it is. */
    public ErrorLevel level() {
        ErrorLevel said = level;
        return said == null ? ErrorLevel.ERROR : said;
    }

    /** Says how bad it is. */
    @CanIgnoreReturnValue
    public ErrorItem level(ErrorLevel value) {
        level = value;
        return this;
    }

    boolean hasLevel() {
        return level != null;
    }

    /** What Rollbar calls it; null leaves that to Rollbar. */
    public @Nullable String title() {
        return title;
    }

    /** Says what Rollbar calls it; at most 255 characters are kept. */
    @CanIgnoreReturnValue
    public ErrorItem title(@Nullable String value) {
        title = value == null ? null : CapturedValue.shortened(value, MAX_TITLE);
        return this;
    }

    /** By what it is grouped; null leaves that to Rollbar. */
    public @Nullable String fingerprint() {
        return fingerprint;
    }

    /** Says by what it is grouped; what has over 40 characters is hashed by Rollbar. */
    @CanIgnoreReturnValue
    public ErrorItem fingerprint(@Nullable String value) {
        fingerprint = value == null ? null : CapturedValue.shortened(value, MAX_FINGERPRINT);
        return this;
    }

    /** The part of the application it happened in, such as a route. */
    public @Nullable String context() {
        return context;
    }

    /** Says in which part of the application it happened; at most 255 characters are kept. */
    @CanIgnoreReturnValue
    public ErrorItem context(@Nullable String value) {
        context = value == null ? null : CapturedValue.shortened(value, MAX_TEXT);
        return this;
    }

    /** The values said with it, captured; cannot be changed by this map. */
    public Map<String, @Nullable Object> custom() {
        return custom == null ? Map.of() : Collections.unmodifiableMap(custom);
    }

    /** Adds a value, copied now; at most 64 of them, of about 2 MB in all. */
    @CanIgnoreReturnValue
    public ErrorItem with(String key, @Nullable Object value) {
        if (custom == null) {
            custom = new LinkedHashMap<>();
        }
        String name = CapturedValue.shortened(String.valueOf(key), MAX_TEXT);
        if (custom.size() < MAX_VALUES || custom.containsKey(name)) {
            Object copy = CapturedValue.of(value);
            int weight = CapturedValue.weightOf(copy);
            boolean fits = customBytes + weight <= MAX_CUSTOM_BYTES;
            customBytes += fits ? weight : 0;
            custom.put(name, fits ? copy : "<left out: the values are too large together>");
        }
        return this;
    }

    /** Takes a value away. */
    @CanIgnoreReturnValue
    public ErrorItem without(String key) {
        if (custom != null) {
            custom.remove(key);
        }
        return this;
    }

    /** The id of the person it happened to; null if nobody said. */
    public @Nullable String personId() {
        return person == null ? null : person.id();
    }

    /** Says whom it happened to; null takes that away. */
    @CanIgnoreReturnValue
    public ErrorItem person(@Nullable String id) {
        return person(id, null, null);
    }

    /** The same with a name and an address, each null to leave it out. */
    @CanIgnoreReturnValue
    public ErrorItem person(@Nullable String id, @Nullable String username, @Nullable String email) {
        person = id == null
                ? null
                : new Person(
                        CapturedValue.shortenedHarmless(id, MAX_PERSON_ID),
                        username == null ? null : CapturedValue.shortened(username, MAX_TEXT),
                        email == null ? null : CapturedValue.shortened(email, MAX_TEXT));
        return this;
    }

    @Nullable Person person() {
        return person;
    }

    /** The request it happened in; null where there is none. */
    public @Nullable HttpRequest request() {
        return request;
    }

    /** Says in which request it happened; null takes that away. */
    @CanIgnoreReturnValue
    public ErrorItem request(@Nullable HttpRequest value) {
        request = value;
        return this;
    }

    /** The HTTP status of the answer that it became; 0 where none is known. */
    public int status() {
        return status;
    }

    void status(int value) {
        status = value;
    }

    /** Whether nothing of the application's caught it. */
    public boolean isUncaught() {
        return uncaught;
    }

    void uncaught() {
        uncaught = true;
    }

    /** Whether nobody else will say that it happened. */
    boolean isSwallowed() {
        return swallowed;
    }

    void swallowed() {
        uncaught = true;
        swallowed = true;
    }

    /** Has it left out; it is counted as ignored. */
    public void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }
}
