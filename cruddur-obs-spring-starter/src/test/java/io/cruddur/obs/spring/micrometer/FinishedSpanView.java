package io.cruddur.obs.spring.micrometer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span that has ended, in words that all tracers share.
 *
 * @param traceId 32 hexadecimal digits
 * @param parentId null for the first span of a trace
 * @param tags typed where the tracer keeps types
 * @param kind as Micrometer names it; null for work inside the service
 * @param events their names, oldest first
 * @param error the message of the exception; null without one
 * @param links trace and span ids
 */
record FinishedSpanView(
        String name,
        String traceId,
        String spanId,
        @Nullable String parentId,
        Map<String, Object> tags,
        @Nullable String kind,
        List<String> events,
        @Nullable String error,
        List<String> links,
        long startMicros,
        long endMicros) {}
