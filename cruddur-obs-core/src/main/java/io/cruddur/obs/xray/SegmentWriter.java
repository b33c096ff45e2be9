package io.cruddur.obs.xray;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.trace.AttributeVisitor;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Writes a tree as an X-Ray segment document. Used by one thread. */
final class SegmentWriter {
    private static final int MAX_HTTP_CHARS = 250;
    private static final int MAX_ANNOTATION_CHARS = 1_000;
    /** The service indexes no more a trace; the rest would be refused with the document. */
    private static final int MAX_ANNOTATIONS = 50;

    private final JsonBuffer json = new JsonBuffer();
    /** Ids of the exceptions of the document that is being written. */
    private final IdentityHashMap<CapturedException, Long> exceptionIds = new IdentityHashMap<>();

    private int annotationsLeft;

    byte[] write(TraceRecord record) {
        Tree tree = record.tree();
        json.clear();
        annotationsLeft = MAX_ANNOTATIONS;
        exceptionIds.clear();
        SpanNode root = record.topmost();
        beginSpan(root);
        json.key("trace_id").xrayTraceId(tree.idHigh(), tree.idLow());
        if (tree.remoteParentId() != 0) {
            json.key("parent_id").hexId(tree.remoteParentId());
        }
        if (tree.isFragment()) {
            json.field("type", "subsegment");
        } else {
            json.beginObject("aws").beginObject("xray");
            json.field("sdk", "Cruddur Obs for Java").endObject().endObject();
        }
        writeDescendants(root);
        json.endObject();
        return json.toByteArray();
    }

    /** Depth first without recursion: a tree may be deeper than the stack. */
    private void writeDescendants(SpanNode root) {
        Deque<SpanNode> open = new ArrayDeque<>();
        SpanNode next = root.firstChild();
        open.push(root);
        if (next != null) {
            json.beginArray("subsegments");
        }
        while (!open.isEmpty()) {
            if (next == null) {
                SpanNode done = open.pop();
                if (done.firstChild() != null) {
                    json.endArray();
                }
                if (open.isEmpty()) {
                    return;
                }
                json.endObject();
                next = done.nextSibling();
                continue;
            }
            beginSpan(next);
            open.push(next);
            next = next.firstChild();
            if (next != null) {
                json.beginArray("subsegments");
            }
        }
    }

    private void beginSpan(SpanNode span) {
        json.beginObject().field("name", Names.segmentName(span.name()));
        json.key("id").hexId(span.id());
        json.key("start_time").epochSeconds(span.startEpochMicros());
        long end = span.endEpochMicros();
        if (end == 0) {
            json.flag("in_progress");
        } else {
            json.key("end_time").epochSeconds(end);
        }
        writeAttributes(span);
        SpanExtra extra = span.extraOrNull();
        if (extra != null) {
            writeExtra(extra);
            writeCause(span, extra.exceptions());
        }
    }

    /** In full where it happened; the spans that it passed through point to it by its id. */
    private void writeCause(SpanNode span, List<CapturedException> exceptions) {
        if (exceptions.size() == 1 && isInChild(span, exceptions.get(0))) {
            json.key("cause").hexId(idOf(exceptions.get(0)));
        } else if (!exceptions.isEmpty()) {
            json.beginObject("cause").beginArray("exceptions");
            exceptions.forEach(this::writeException);
            json.endArray().endObject();
        }
    }

    private static boolean isInChild(SpanNode span, CapturedException exception) {
        for (SpanNode child = span.firstChild(); child != null; child = child.nextSibling()) {
            SpanExtra extra = child.extraOrNull();
            if (extra != null && extra.holds(exception)) {
                return true;
            }
        }
        return false;
    }

    private long idOf(CapturedException exception) {
        return exceptionIds.computeIfAbsent(
                exception, unused -> ThreadLocalRandom.current().nextLong());
    }

    private void writeAttributes(SpanNode span) {
        // By name, so that a key which was set twice stands once, with its last value.
        var annotations = new TreeMap<String, Object>();
        var metadata = new TreeMap<String, TreeMap<String, @Nullable Object>>();
        AttributeVisitor sort = (key, value, namespace) -> {
            if (namespace != null) {
                metadata.computeIfAbsent(namespace, unused -> new TreeMap<>()).put(key, value);
            } else if (value != null) {
                annotations.put(Names.annotationKey(key), value);
            }
        };
        for (int i = 0; i < span.attributeCount(); i++) {
            sort.visit(span.attributeKey(i), span.attributeValue(i), span.attributeNamespace(i));
        }
        SpanExtra extra = span.extraOrNull();
        if (extra != null) {
            extra.forEachMore(sort);
        }
        if (!annotations.isEmpty() && annotationsLeft > 0) {
            json.beginObject("annotations");
            annotations.forEach((key, value) -> {
                if (annotationsLeft-- > 0) {
                    json.key(key).value(value instanceof String s ? cut(s, MAX_ANNOTATION_CHARS) : value);
                }
            });
            json.endObject();
        }
        if (!metadata.isEmpty()) {
            json.key("metadata").value(metadata);
        }
    }

    private void writeExtra(SpanExtra extra) {
        if (extra.isFault()) {
            json.flag("fault");
        }
        if (extra.isError()) {
            json.flag("error");
        }
        if (extra.isThrottle()) {
            json.flag("throttle");
        }
        HttpRequest request = extra.request();
        if (request != null || extra.status() != 0) {
            writeHttp(request, extra);
        }
    }

    private void writeHttp(@Nullable HttpRequest request, SpanExtra extra) {
        json.beginObject("http");
        if (request != null) {
            json.beginObject("request").field("method", cut(request.method(), MAX_HTTP_CHARS));
            json.field("url", cut(request.url(), MAX_HTTP_CHARS));
            String address = request.clientAddress();
            json.field("client_ip", address == null ? null : cut(address, MAX_HTTP_CHARS));
            String userAgent = request.userAgent();
            json.field("user_agent", userAgent == null ? null : cut(userAgent, MAX_HTTP_CHARS));
            if (request.forwarded()) {
                json.flag("x_forwarded_for");
            }
            json.endObject();
        }
        if (extra.status() != 0) {
            json.beginObject("response").field("status", extra.status());
            if (extra.contentLength() >= 0) {
                json.field("content_length", extra.contentLength());
            }
            json.endObject();
        }
        json.endObject();
    }

    /** An exception and its causes, each pointing to the next by id. */
    private void writeException(CapturedException exception) {
        for (CapturedException e : exception.chain()) {
            json.beginObject().key("id").hexId(idOf(e));
            json.field("type", e.type()).field("message", e.message());
            if (e.cause() != null) {
                json.key("cause").hexId(idOf(e.cause()));
            }
            json.beginArray("stack");
            for (StackTraceElement frame : e.frames()) {
                json.beginObject().field("path", path(frame)).field("line", Math.max(0, frame.getLineNumber()));
                json.field("label", frame.getClassName() + '.' + frame.getMethodName())
                        .endObject();
            }
            json.endArray();
            if (e.framesLeftOut() > 0) {
                json.field("truncated", e.framesLeftOut());
            }
            json.endObject();
        }
    }

    private static String path(StackTraceElement frame) {
        String file = frame.getFileName();
        return file == null ? frame.getClassName() : file;
    }

    private static String cut(String text, int maxChars) {
        return CapturedValue.shortened(text, maxChars);
    }
}
