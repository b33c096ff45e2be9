package io.cruddur.obs.log;

/** The names that the fields of a JSON line have. */
public enum LogFormat {
    /** Ours: {@code timestamp}, {@code level}, {@code logger}, {@code traceId} and so on. */
    JSON,

    /** Elastic Common Schema: {@code @timestamp}, {@code log.level}, {@code trace.id}, {@code error.stack_trace} and so on. */
    ECS
}
