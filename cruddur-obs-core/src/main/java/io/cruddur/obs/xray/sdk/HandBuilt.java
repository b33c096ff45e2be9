package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.ThrowableDescription;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SDK's own entities that an application makes with {@code new}, until they end and become spans. Thread-safe. */
final class HandBuilt {
    private static final double MICROS = 1e6;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_EXPECTED = 10_000;

    private record Expected(Subsegment subsegment, SpanNode parent) {}

    private final List<Expected> expected = new ArrayList<>();

    synchronized void expect(Subsegment subsegment, SpanNode parent) {
        if (expected.size() < MAX_EXPECTED) {
            expected.add(new Expected(subsegment, parent));
        }
    }

    /** Makes spans of those that have ended. */
    void takeEnded() {
        var ended = new ArrayList<Expected>();
        synchronized (this) {
            for (Iterator<Expected> each = expected.iterator(); each.hasNext(); ) {
                Expected next = each.next();
                if (!next.subsegment.isInProgress()) {
                    each.remove();
                    ended.add(next);
                }
            }
        }
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer != null) {
            ended.forEach(each -> take(tracer, each.subsegment, each.parent, 0));
        }
    }

    private static void take(Tracer tracer, Entity entity, SpanNode parent, int depth) {
        copy(tracer, entity, tracer.beginAside(parent, String.valueOf(entity.getName()), Kind.INTERNAL), depth);
    }

    /** A segment, with what is under it. */
    static void take(Tracer tracer, Segment segment) {
        var remote = TraceIds.remote(segment.getTraceId(), segment.getParentId(), true);
        SpanNode root = tracer.beginRootAside(String.valueOf(segment.getName()), Kind.INTERNAL, remote, null);
        copy(tracer, segment, root, 0);
    }

    /** A subsegment of a segment that somebody else sends, as Lambda does. */
    static void take(Tracer tracer, Subsegment subsegment) {
        Entity parent = subsegment.getParent();
        String parentId = parent == null ? subsegment.getParentId() : parent.getId();
        var remote = TraceIds.remote(subsegment.getTraceId(), parentId, true);
        if (remote != null) {
            String name = String.valueOf(subsegment.getName());
            copy(tracer, subsegment, tracer.beginAside(remote, name, Kind.INTERNAL), 0);
        }
    }

    private static void copy(Tracer tracer, Entity entity, SpanNode node, int depth) {
        node.startedAt(micros(entity.getStartTime()));
        entity.getAnnotations().forEach((key, value) -> AnnotationMap.put(node, key, value));
        entity.getMetadata()
                .forEach(
                        (namespace, values) -> values.forEach((key, value) -> node.putMetadata(namespace, key, value)));
        for (ThrowableDescription each : entity.getCause().getExceptions()) {
            if (each.getThrowable() != null) {
                node.putException(each.getThrowable());
            }
        }
        marks(entity, node);
        CallMaps.write(node, entity.getNamespace(), entity.getHttp(), entity.getAws(), entity.getSql());
        if (depth < MAX_DEPTH) {
            for (Subsegment child : entity.getSubsegmentsCopy()) {
                if (!(child instanceof EntityView)) {
                    take(tracer, child, node, depth + 1);
                }
            }
        }
        end(entity, node);
    }

    private static void marks(Entity entity, SpanNode node) {
        if ("remote".equals(entity.getNamespace())) {
            node.kind(Kind.CLIENT);
        }
        if (entity.isFault()) {
            node.markFault(true);
        }
        if (entity.isError()) {
            node.markError(true);
        }
        if (entity.isThrottle()) {
            node.markThrottle(true);
        }
        if (entity instanceof Segment segment && segment.getUser() != null) {
            node.putUser(segment.getUser());
        }
    }

    private static void end(Entity entity, SpanNode node) {
        long end = micros(entity.getEndTime());
        if (end > 0) {
            node.endAt(end);
        } else {
            node.end();
        }
    }

    private static long micros(@Nullable Double seconds) {
        return seconds == null ? 0 : (long) (seconds * MICROS);
    }
}
