package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trace as the list shows it: what its root segment tells, and the number of spans.
 *
 * @param service null as long as only subsegments have come
 * @param durationMs of the root; while that is in progress, up to the last end seen in the trace, or null
 */
record TraceRow(
        String id,
        @Nullable String service,
        String name,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer status,
        long start,
        @Nullable Double durationMs,
        int spans,
        boolean inProgress,
        boolean fault,
        boolean error,
        boolean throttle) {

    static TraceRow of(String id, SegmentDocument root, long lastEnd, int spans) {
        long end = root.inProgress() ? lastEnd : root.end();
        return new TraceRow(
                id,
                root.service(),
                name(root),
                root.method(),
                root.path(),
                root.status(),
                root.start(),
                end == Micros.NONE ? null : Double.valueOf((end - root.start()) / 1e3),
                spans,
                root.inProgress(),
                root.fault(),
                root.error(),
                root.throttle());
    }

    private static String name(SegmentDocument root) {
        if (root.method() != null && root.path() != null) return root.method() + " " + root.path();
        return root.operation() != null ? root.operation() : root.name();
    }

    ObjectNode json() {
        return Json.object()
                .put("id", id)
                .put("w3cId", TraceId.w3c(id))
                .put("service", service)
                .put("name", name)
                .put("method", method)
                .put("path", path)
                .put("status", status)
                .put("startTime", Micros.iso(start))
                .put("durationMs", durationMs)
                .put("spans", spans)
                .put("inProgress", inProgress)
                .put("fault", fault)
                .put("error", error)
                .put("throttle", throttle);
    }
}
