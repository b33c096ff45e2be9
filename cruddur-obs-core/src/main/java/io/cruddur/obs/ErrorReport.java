package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error that is about to be reported; ends in {@link #report}. Used by one thread. */
@CheckReturnValue
public final class ErrorReport {
    private static final int MAX_VALUES = 64;

    private final Obs obs;
    private final @Nullable Pipeline<ErrorRecord> errors;
    private final @Nullable String message;
    private final @Nullable Throwable throwable;
    private final Map<String, @Nullable Object> custom = new LinkedHashMap<>();
    private ErrorLevel level;
    private @Nullable HttpRequest request;

    ErrorReport(
            Obs obs, @Nullable Pipeline<ErrorRecord> errors, @Nullable String message, @Nullable Throwable throwable) {
        this.obs = obs;
        this.errors = errors;
        this.message = message == null ? null : CapturedValue.shortened(message, 8_192);
        this.throwable = throwable;
        this.level = ErrorLevel.ERROR;
    }

    /** How bad it is; {@link ErrorLevel#ERROR} by default. */
    public ErrorReport level(ErrorLevel newLevel) {
        level = newLevel;
        return this;
    }

    /** Adds a value, copied now; at most 64 of them. */
    public ErrorReport with(String key, @Nullable Object value) {
        if (custom.size() < MAX_VALUES) {
            custom.put(key, CapturedValue.of(value));
        }
        return this;
    }

    /** Adds the request in which it happened. */
    public ErrorReport request(HttpRequest newRequest) {
        request = newRequest;
        return this;
    }

    /**
     * Reports it, with the ids of the current trace. Never throws and does no I/O.
     *
     * @return the item's uuid, also when errors go nowhere
     */
    @CanIgnoreReturnValue
    public String report() {
        String uuid = Ids.uuid().toString();
        if (throwable != null) {
            obs.currentSpan().exception(throwable);
        }
        if (errors == null) {
            return uuid;
        }
        errors.offer(new ErrorRecord(
                uuid,
                System.currentTimeMillis(),
                level.wireName(),
                message,
                throwable == null ? null : CapturedException.of(throwable),
                Collections.unmodifiableMap(new LinkedHashMap<>(custom)),
                request,
                SpanIds.current()));
        return uuid;
    }
}
