package io.cruddur.obs.xray;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.limits.Allowance;
import java.util.List;

/** Writes exceptions. Used by one thread. */
final class CauseFields {
    private final JsonBuffer json;
    private final Allowance allowance;

    CauseFields(JsonBuffer json, Allowance allowance) {
        this.json = json;
        this.allowance = allowance;
    }

    /** In full where it happened; the spans that it passed through point to it by its id. */
    void write(SpanNode span, List<CapturedException> exceptions) {
        if (exceptions.size() == 1 && span.isFromChild(exceptions.get(0))) {
            json.key("cause").hexId(exceptions.get(0).id());
        } else if (!exceptions.isEmpty()) {
            json.beginObject("cause").beginArray("exceptions");
            boolean any = false;
            for (CapturedException exception : exceptions) {
                any = writeAll(exception, any);
            }
            json.endArray().endObject();
        }
    }

    /** An exception and its causes, each pointing to the next by id, and behind them those that were suppressed. */
    private boolean writeAll(CapturedException exception, boolean anyBefore) {
        boolean any = anyBefore;
        for (CapturedException e : exception.all()) {
            if (allowance.isExceeded()) {
                break;
            }
            int before = json.length();
            writeOne(e);
            any |= allowance.keeps(before, any, "cause");
        }
        return any;
    }

    private void writeOne(CapturedException e) {
        json.beginObject().key("id").hexId(e.id());
        allowance.code("type", e.type());
        allowance.field("message", e.message());
        if (e.cause() != null) {
            json.key("cause").hexId(e.cause().id());
        }
        int shown = Math.min(e.frames().size(), allowance.frames());
        json.beginArray("stack");
        for (StackTraceElement frame : e.frames().subList(0, shown)) {
            json.beginObject();
            allowance.code("path", frame.getFileName() == null ? frame.getClassName() : frame.getFileName());
            json.field("line", Math.max(0, frame.getLineNumber()));
            allowance.code("label", frame.getClassName() + '.' + frame.getMethodName());
            json.endObject();
        }
        json.endArray();
        int truncated = e.framesLeftOut() + e.frames().size() - shown;
        if (truncated > 0) {
            json.field("truncated", truncated);
        }
        json.endObject();
    }
}
