package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.cloudwatch.LogClass;
import io.cruddur.obs.cloudwatch.LogEntity;
import io.cruddur.obs.cloudwatch.LogGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be said about logs beyond where they go: {@code builder.logs(logs -> ...)}. Used by one thread. */
public final class LogOptions {
    private static final String DEFAULT_SERVICE = "application";

    private @Nullable Integer retentionDays;
    private LogClass logClass = LogClass.STANDARD;
    private Map<String, String> tags = Map.of();
    private @Nullable Boolean entity;
    private Map<String, String> entityAttributes = Map.of();
    private final Map<String, String> groups = new LinkedHashMap<>();

    LogOptions() {}

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
