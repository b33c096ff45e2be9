package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.Carried;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import io.micrometer.tracing.TraceContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace: a span that is recorded here, a trace that is not, or a span of another process. It remembers what
 * goes to the next process from there, for threads on which its scope is opened later. Thread-safe.
 */
abstract class BridgeContext implements TraceContext {
    private volatile Carried carried;

    BridgeContext(Carried carried) {
        this.carried = carried;
    }

    /** What is current in the frame; null if nothing is. */
    static @Nullable BridgeContext in(@Nullable Frame frame) {
        if (frame == null) {
            return null;
        }
        SpanNode node = frame.currentSpan();
        if (node != null) {
            return new Recorded(node, frame.carried());
        }
        UnsampledFrame root = frame.unsampledRoot();
        return root == null ? null : new Unrecorded(root, frame.carried());
    }

    /** One of ours as it is, another as a place in another process; null for none, or one without valid ids. */
    static @Nullable BridgeContext of(@Nullable TraceContext context) {
        return context == null || context instanceof BridgeContext ? (BridgeContext) context : Remote.parse(context);
    }

    abstract long traceIdHigh();

    abstract long traceIdLow();

    abstract long spanIdBits();

    /** The span under it; 0 without one. */
    abstract long parentIdBits();

    /** Whether it is what is current in the frame. */
    abstract boolean isCurrentIn(@Nullable Frame frame);

    /** Makes it current on this thread. */
    abstract Frame enter(Tracer tracer);

    /**
     * Begins a span under it.
     *
     * @return null if that is not recorded
     */
    abstract @Nullable BridgeContext beginChild(BridgeTracer tracer, String name, Kind kind);

    /** What another process goes on with. */
    final RemoteParent outbound(@Nullable Frame here) {
        return new RemoteParent(
                traceIdHigh(), traceIdLow(), spanIdBits(), Boolean.TRUE.equals(sampled()), carried(here));
    }

    final Carried carried() {
        return carried;
    }

    /** What it carries: in scope on this thread what was said in that scope, else what it began with. */
    final Carried carried(@Nullable Frame here) {
        return here != null && isCurrentIn(here) ? here.carried() : carried;
    }

    final void carry(Baggage baggage) {
        carried = carried.with(baggage);
    }

    @Override
    public final String traceId() {
        return Ids.w3cTraceId(traceIdHigh(), traceIdLow());
    }

    @Override
    public final String spanId() {
        return Ids.hex(spanIdBits());
    }

    @Override
    public final @Nullable String parentId() {
        long parent = parentIdBits();
        return parent == 0 ? null : Ids.hex(parent);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof BridgeContext that
                && traceIdHigh() == that.traceIdHigh()
                && traceIdLow() == that.traceIdLow()
                && spanIdBits() == that.spanIdBits();
    }

    @Override
    public final int hashCode() {
        return Objects.hash(traceIdHigh(), traceIdLow(), spanIdBits());
    }

    @Override
    public final String toString() {
        return traceId() + '-' + spanId();
    }

    /** A recorded span. */
    static final class Recorded extends BridgeContext {
        private final SpanNode node;

        Recorded(SpanNode node, Carried carried) {
            super(carried);
            this.node = node;
        }

        SpanNode node() {
            return node;
        }

        @Override
        long traceIdHigh() {
            return node.tree().idHigh();
        }

        @Override
        long traceIdLow() {
            return node.tree().idLow();
        }

        @Override
        long spanIdBits() {
            return node.id();
        }

        @Override
        long parentIdBits() {
            SpanNode parent = node.parent();
            return parent == null ? node.tree().remoteParentId() : parent.id();
        }

        @Override
        public Boolean sampled() {
            return !node.tree().isUnwanted();
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a span is itself alone
        boolean isCurrentIn(@Nullable Frame frame) {
            return frame != null && frame.currentSpan() == node;
        }

        @Override
        Frame enter(Tracer tracer) {
            return tracer.enter(node, carried());
        }

        @Override
        @Nullable BridgeContext beginChild(BridgeTracer tracer, String name, Kind kind) {
            SpanNode child = tracer.engine().beginAsideIfRoom(node, name, kind);
            return child == null ? null : new Recorded(child, carried(tracer.currentFrame()));
        }
    }

    /** A trace that is not recorded: one span id stands for all that happens of it in this process. */
    static final class Unrecorded extends BridgeContext {
        private final UnsampledFrame root;

        Unrecorded(UnsampledFrame root, Carried carried) {
            super(carried);
            this.root = root;
        }

        UnsampledFrame root() {
            return root;
        }

        @Override
        long traceIdHigh() {
            return root.traceIdHigh();
        }

        @Override
        long traceIdLow() {
            return root.traceIdLow();
        }

        @Override
        long spanIdBits() {
            return root.spanId();
        }

        @Override
        long parentIdBits() {
            return 0;
        }

        @Override
        public Boolean sampled() {
            return false;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a trace that is not recorded is known by its root
        boolean isCurrentIn(@Nullable Frame frame) {
            return frame != null && frame.unsampledRoot() == root;
        }

        @Override
        Frame enter(Tracer tracer) {
            return tracer.enter(root, carried());
        }

        @Override
        BridgeContext beginChild(BridgeTracer tracer, String name, Kind kind) {
            return new Unrecorded(root, carried(tracer.currentFrame()));
        }
    }

    /** A span of another process. */
    static final class Remote extends BridgeContext {
        private static final int TRACE_ID_DIGITS = 32;
        private static final int SPAN_ID_DIGITS = 16;

        private final RemoteParent parent;

        Remote(RemoteParent parent) {
            super(parent.carried());
            this.parent = parent;
        }

        static @Nullable Remote parse(TraceContext context) {
            return parse(context.traceId(), context.spanId(), context.sampled());
        }

        /** Null unless the ids are hexadecimal; a trace id of 64 bits is the last half of a longer one. */
        static @Nullable Remote parse(@Nullable String traceId, @Nullable String spanId, @Nullable Boolean sampled) {
            if (traceId == null || traceId.isEmpty() || traceId.length() > TRACE_ID_DIGITS) {
                return null;
            }
            try {
                int low = Math.max(0, traceId.length() - SPAN_ID_DIGITS);
                long idHigh = low == 0 ? 0 : Long.parseUnsignedLong(traceId.substring(0, low), 16);
                long idLow = Long.parseUnsignedLong(traceId.substring(low), 16);
                long id = spanId == null || spanId.isEmpty() ? 0 : Long.parseUnsignedLong(spanId, 16);
                return (idHigh | idLow) == 0 ? null : new Remote(new RemoteParent(idHigh, idLow, id, sampled));
            } catch (NumberFormatException e) {
                return null;
            }
        }

        /** With the values that were put since. */
        RemoteParent parent() {
            return parent.with(carried());
        }

        @Override
        long traceIdHigh() {
            return parent.traceIdHigh();
        }

        @Override
        long traceIdLow() {
            return parent.traceIdLow();
        }

        @Override
        long spanIdBits() {
            return parent.parentId();
        }

        @Override
        long parentIdBits() {
            return 0;
        }

        @Override
        public @Nullable Boolean sampled() {
            return parent.sampled();
        }

        @Override
        boolean isCurrentIn(@Nullable Frame frame) {
            return false;
        }

        @Override
        Frame enter(Tracer tracer) {
            return tracer.enterRemote(parent());
        }

        @Override
        BridgeContext beginChild(BridgeTracer tracer, String name, Kind kind) {
            return tracer.beginRoot(name, kind, parent(), null);
        }
    }
}
