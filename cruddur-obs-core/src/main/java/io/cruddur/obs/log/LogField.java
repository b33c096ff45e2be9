package io.cruddur.obs.log;

/** The fields of a line, and what each is called in each format. */
enum LogField {
    TIMESTAMP("timestamp", "@timestamp"),
    LEVEL("level", "log.level"),
    LOGGER("logger", "log.logger"),
    THREAD("thread", "process.thread.name"),
    MESSAGE("message", "message"),
    SERVICE("service", "service.name"),
    ENVIRONMENT("environment", "service.environment"),
    TRACE_ID("traceId", "trace.id"),
    /** ECS has no word for it, and X-Ray finds the lines of a trace by it. */
    XRAY_TRACE_ID("xrayTraceId", "xray.trace_id"),
    SPAN_ID("spanId", "span.id"),
    MARKERS("markers", "tags"),
    FIELDS("fields", "labels"),
    MDC("mdc", "labels"),
    EXCEPTION("exception", "error.stack_trace"),
    EXCEPTION_TYPE("exceptionType", "error.type"),
    EXCEPTION_MESSAGE("exceptionMessage", "error.message"),
    STACK_HASH("stackHash", "error.stack_hash"),
    /** The item at the error service; ECS's word for it. */
    ERROR_UUID("errorUuid", "error.id"),
    CALLER_METHOD("callerMethod", "log.origin.function"),
    CALLER_FILE("callerFile", "log.origin.file.name"),
    CALLER_LINE("callerLine", "log.origin.file.line"),
    EVENT_ID("eventId", "event.id"),
    PART("part", "event.part"),
    PARTS("parts", "event.parts");

    private final String plain;
    private final String ecs;

    LogField(String plain, String ecs) {
        this.plain = plain;
        this.ecs = ecs;
    }

    /** The name by which an option speaks of it, whatever the format. */
    String plainName() {
        return plain;
    }

    String name(LogFormat format) {
        return format == LogFormat.ECS ? ecs : plain;
    }
}
