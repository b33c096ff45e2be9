package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.cloudwatch.LogClass;
import io.cruddur.obs.cloudwatch.LogEntity;
import io.cruddur.obs.cloudwatch.LogGroup;
import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LineSettings;
import io.cruddur.obs.log.LogFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be said about logs beyond where they go: {@code builder.logs(logs -> ...)}. Used by one thread. */
public final class LogOptions {
    /** Beginnings of class names that tell how a method was reached, and hardly ever why it failed. */
    public static final List<String> FOLDED_BY_DEFAULT = LineSettings.FOLDED_BY_DEFAULT;

    private static final String DEFAULT_SERVICE = "application";

    private @Nullable Integer retentionDays;
    private LogClass logClass = LogClass.STANDARD;
    private Map<String, String> tags = Map.of();
    private @Nullable Boolean entity;
    private Map<String, String> entityAttributes = Map.of();
    private final Map<String, String> groups = new LinkedHashMap<>();

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

    /** The most that a message keeps, in UTF-8 bytes: 256 to 4,194,304, 65,536 by default. What is cut is marked and counted. */
    @CanIgnoreReturnValue
    public LogOptions maxMessageBytes(int value) {
        maxMessageBytes = value;
        capture();
        return this;
    }

    /**
     * Runs of frames of classes whose names begin like that are one line of the stack, in the place of {@link
     * #FOLDED_BY_DEFAULT}. None folds nothing.
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

    /**
     * How many days log groups keep their events; also where they were there before. By default that is left as it is,
     * which in a new group is for ever.
     *
     * @throws IllegalArgumentException with those that the service has, if it has no such period
     */
    @CanIgnoreReturnValue
    public LogOptions retentionDays(int value) {
        retentionDays = checked(value, logClass, Map.of()).retentionDays();
        return this;
    }

    /** The class of log groups that are created; {@link LogClass#STANDARD} by default. */
    @CanIgnoreReturnValue
    public LogOptions logClass(LogClass value) {
        logClass = value;
        return this;
    }

    /**
     * A tag of log groups that are created.
     *
     * @throws IllegalArgumentException if the service takes no such tag; says what it does
     */
    @CanIgnoreReturnValue
    public LogOptions tag(String key, String value) {
        tags = checked(retentionDays, logClass, with(tags, key, value)).tags();
        return this;
    }

    /**
     * Whether CloudWatch is told which service and environment the events are about, so that it shows them together. By
     * default it is where the service has a name and the log class is {@link LogClass#STANDARD}.
     */
    @CanIgnoreReturnValue
    public LogOptions entity(boolean value) {
        entity = value;
        return this;
    }

    /**
     * What else CloudWatch is told about the service, such as {@code PlatformType}; at most ten.
     *
     * @throws IllegalArgumentException if the service takes no such attribute; says what it does
     */
    @CanIgnoreReturnValue
    public LogOptions entityAttribute(String key, String value) {
        entityAttributes = new LogEntity(DEFAULT_SERVICE, "", with(entityAttributes, key, value)).attributes();
        return this;
    }

    /**
     * Sends what some loggers log to a log group of its own instead. Each such group has its own queue and worker, and is
     * counted as {@code cloudwatch:} and its name. It is used where there is a group for all others, too: see {@link
     * ObsBuilder#logGroup}.
     *
     * @param logger a logger's name, which counts for those below it as well: {@code audit} is for {@code audit.login},
     *     not for {@code auditor}. The longest one wins
     * @param group the log group; created when it is missing
     * @throws IllegalArgumentException if the service takes no such name; says what it does
     */
    @CanIgnoreReturnValue
    public LogOptions group(String logger, String group) {
        groups.put(logger, LogGroup.named(group).name());
        return this;
    }

    LogGroup logGroup(String name) {
        return new LogGroup(name, retentionDays, logClass, tags);
    }

    @Nullable LogEntity logEntity(String service, String environment) {
        boolean sensible = !service.equals(DEFAULT_SERVICE) && logClass == LogClass.STANDARD;
        boolean wanted = entity == null ? sensible : entity;
        return wanted ? new LogEntity(service, environment, entityAttributes) : null;
    }

    /** Log groups by the loggers that they are for. */
    Map<String, String> groups() {
        return Map.copyOf(groups);
    }

    private static Map<String, String> with(Map<String, String> values, String key, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return more;
    }

    private static LogGroup checked(@Nullable Integer days, LogClass logClass, Map<String, String> tags) {
        return new LogGroup("any", days, logClass, tags);
    }
}
