package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceID;
import com.amazonaws.xray.internal.SamplingStrategyOverride;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A span below a local root, or one that began late, as the SDK's subsegment. */
final class SubsegmentView extends EntityView implements Subsegment {
    /** The SDK's child that its parent got before this one, and how many those are. */
    @Nullable SubsegmentView previous;

    int index;

    /** What it was begun under; null where nobody has said so. */
    private final @Nullable EntityView above;
    /** Whether what is not recorded begins here, and ends with it. */
    private final boolean ownsTrace;
    /** Of what is not recorded. */
    private volatile boolean ended;

    SubsegmentView(SpanNode node, @Nullable EntityView above, boolean begun) {
        super(node, null, begun);
        this.above = above;
        this.ownsTrace = false;
    }

    SubsegmentView(UnsampledFrame unsampled, EntityView above, boolean ownsTrace) {
        super(null, unsampled, true);
        this.above = above;
        this.ownsTrace = ownsTrace;
    }

    @Override
    @Nullable EntityView above() {
        SpanNode parent = node == null ? null : node.parent();
        return above != null || parent == null ? above : Views.of(parent);
    }

    @Override
    SegmentView segment() {
        EntityView next = this;
        while (!(next instanceof SegmentView segment)) {
            SpanNode root = next.node == null ? null : next.node.tree().root();
            EntityView top = root == null ? next : Views.of(root);
            next = top instanceof SegmentView ? top : top.above();
            if (next == null) {
                // It began late under a span of which nothing is known here; what is not recorded has one above.
                return new SegmentView(Objects.requireNonNull(top.node), false);
            }
        }
        return segment;
    }

    /** Ends this one, whatever is current. False: nothing is to be sent by the SDK. */
    @Override
    public boolean end() {
        if (begun && node != null) {
            long said = endSaid();
            if (said == 0) {
                node.end();
            } else {
                node.endAt(said);
            }
        } else if (begun && unsampled != null && !ended) {
            endUnrecorded(unsampled);
        }
        return false;
    }

    private void endUnrecorded(UnsampledFrame root) {
        ended = true;
        if (ownsTrace) {
            root.end();
            Views.forgetUnsampled();
        } else if (Views.of(root) == this) {
            EntityView next = above;
            while (next instanceof SubsegmentView view && view.ended) {
                next = view.above;
            }
            if (next != null) {
                Views.makeCurrent(next);
            }
        }
    }

    @Override
    boolean endFor(AWSXRayRecorder recorder, Tracer tracer) {
        if (!begun || ended || (node != null && node.hasEnded())) {
            return false;
        }
        Listeners.tell(recorder, tracer, listener -> listener.beforeEndSubsegment(this));
        end();
        Listeners.tell(recorder, tracer, listener -> listener.afterEndSubsegment(this));
        return true;
    }

    @Override
    public void close() {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            end();
        } else {
            endFor(getCreator(), tracer);
        }
    }

    /** Counted by its segment. */
    @Override
    public boolean decrementReferenceCount() {
        return false;
    }

    @Override
    public boolean isRecording() {
        return node != null;
    }

    /** What is recorded stays so; {@code beginSubsegmentWithoutSampling} records nothing. */
    @Override
    public void setSampledFalse() {}

    @Override
    public boolean shouldPropagate() {
        return true;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public SamplingStrategyOverride getSamplingStrategyOverride() {
        return SamplingStrategyOverride.DISABLED;
    }

    @Override
    @SuppressWarnings("NullAway") // as the SDK's own
    public Entity getParent() {
        return above();
    }

    /** Ours stays where it began. */
    @Override
    public void setParent(Entity parent) {}

    @Override
    public Segment getParentSegment() {
        return segment();
    }

    @Override
    public void setParentSegment(Segment parentSegment) {}

    @Override
    public void setTraceId(TraceID traceId) {}

    @Override
    public @Nullable String getParentId() {
        EntityView parent = above();
        return parent == null ? null : parent.getId();
    }

    @Override
    public void setParentId(@Nullable String parentId) {}

    @Override
    public Set<String> getPrecursorIds() {
        var ids = new HashSet<String>();
        if (node != null && node.extraOrNull() != null) {
            node.extraOrNull().precursors().forEach(id -> ids.add(Ids.hex(id)));
        }
        return ids;
    }

    @Override
    public void setPrecursorIds(Set<String> precursorIds) {
        if (precursorIds != null) {
            precursorIds.forEach(this::addPrecursorId);
        }
    }

    @Override
    public void addPrecursorId(String precursorId) {
        long id = TraceIds.parent(precursorId);
        if (node != null && id != 0) {
            node.putPrecursor(id);
        }
    }

    @Override
    public String streamSerialize() {
        return serialize();
    }

    @Override
    public String prettyStreamSerialize() {
        return serialize();
    }
}
