package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LineSettings;
import io.cruddur.obs.log.LogFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be said about logs beyond where they go: {@code builder.logs(logs -> ...)}. Used by one thread. */
public final class LogOptions {
    private LogFormat format = LineSettings.DEFAULT.format();
    private final Map<String, String> fieldNames = new LinkedHashMap<>(LineSettings.DEFAULT.fieldNames());
    private List<String> foldedFrames = LineSettings.DEFAULT.foldedFrames();
    private boolean rootCauseFirst = LineSettings.DEFAULT.rootCauseFirst();
    private int maxMessageBytes = CaptureSettings.DEFAULT.maxMessageBytes();
    private boolean callerData = CaptureSettings.DEFAULT.callerData();
    private @Nullable String pattern = CaptureSettings.DEFAULT.pattern();

    LogOptions() {}

    /** The names of a line's fields; {@link LogFormat#JSON} by default. */
    @CanIgnoreReturnValue
    public LogOptions format(LogFormat value) {
        format = value;
        return this;
    }

    /**
     * One field under another name.
     *
     * @param field its name in {@link LogFormat#JSON}, such as {@code message}
     * @param name what it is called, 1 to 64 characters
     * @throws IllegalArgumentException if there is no such field, or another has that name; says which there are
     */
    @CanIgnoreReturnValue
    public LogOptions fieldName(String field, String name) {
        return fieldNames(Map.of(field, name));
    }

    /** The same for several, by field; two may change their names. */
    @CanIgnoreReturnValue
    public LogOptions fieldNames(Map<String, String> names) {
        fieldNames.putAll(names);
        lines();
        return this;
    }

    /**
     * Plain text in the place of JSON, rendered by Logback's pattern on the thread that logs. It knows {@code %traceId}, {@code
     * %xrayTraceId} and {@code %spanId} too; the exception goes behind it. Null, the default, is JSON.
     */
    @CanIgnoreReturnValue
    public LogOptions pattern(@Nullable String value) {
        pattern = value;
        capture();
        return this;
    }

    /** The most that a message keeps, in UTF-8 bytes: 256 or more, 65,536 by default. What is cut is marked and counted. */
    @CanIgnoreReturnValue
    public LogOptions maxMessageBytes(int value) {
        maxMessageBytes = value;
        capture();
        return this;
    }

    /**
     * Runs of frames of classes whose names begin like that are one line of the stack, in the place of {@link
     * LineSettings#FOLDED_BY_DEFAULT}. None folds nothing.
     */
    @CanIgnoreReturnValue
    public LogOptions foldedFrames(String... beginnings) {
        foldedFrames = List.of(beginnings);
        lines();
        return this;
    }

    /** Whether a stack begins with what happened first; false by default, as Java prints it. */
    @CanIgnoreReturnValue
    public LogOptions rootCauseFirst(boolean value) {
        rootCauseFirst = value;
        return this;
    }

    /** Whether class, method and line of each call are found, which costs a walk of the stack; false by default. */
    @CanIgnoreReturnValue
    public LogOptions callerData(boolean value) {
        callerData = value;
        return this;
    }

    void set(LineSettings lines, CaptureSettings capture) {
        format = lines.format();
        fieldNames.putAll(lines.fieldNames());
        foldedFrames = lines.foldedFrames();
        rootCauseFirst = lines.rootCauseFirst();
        maxMessageBytes = capture.maxMessageBytes();
        callerData = capture.callerData();
        pattern = capture.pattern();
    }

    /** Checked whenever something changes, so that the mistake is shown where it is made. */
    @CanIgnoreReturnValue
    LineSettings lines() {
        return new LineSettings(format, fieldNames, foldedFrames, rootCauseFirst);
    }

    @CanIgnoreReturnValue
    CaptureSettings capture() {
        return new CaptureSettings(maxMessageBytes, callerData, pattern);
    }
}
