package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Subsegment;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of our spans in the SDK's tree of entities: what is above and below it, and what makes it current. Thread-safe. */
abstract class EntityView extends EntityData {
    private static final VarHandle LAST_CHILD;
    private static final VarHandle DROPPED;
    /** The SDK itself sends, and forgets, children when a segment has more. */
    private static final int MAX_CHILDREN_KEPT = 100;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LAST_CHILD = lookup.findVarHandle(EntityView.class, "lastChild", SubsegmentView.class);
            DROPPED = lookup.findVarHandle(EntityView.class, "dropped", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Whether the SDK's calls began it, and so may end it. */
    final boolean begun;

    /** The children that the SDK's calls began, the last first. */
    private volatile @Nullable SubsegmentView lastChild;

    /** Children that could not be kept, and whose ends are still to come. */
    private volatile int dropped;

    EntityView(@Nullable SpanNode node, @Nullable UnsampledFrame unsampled, boolean begun) {
        super(node, unsampled);
        this.begun = begun;
    }

    /** The segment that it is a part of. */
    abstract SegmentView segment();

    /** What it began under; null for a segment. */
    abstract @Nullable EntityView above();

    /** Ends it and tells the recorder's listeners; false if the SDK did not begin it, or it has ended. */
    abstract boolean endFor(AWSXRayRecorder recorder, Tracer tracer);

    /** The nearest above it that the SDK began; null without one. */
    final @Nullable EntityView begunAbove() {
        if (node == null) {
            return above();
        }
        for (SpanNode each = node.parent(); each != null; each = each.parent()) {
            if (each.attachment() instanceof EntityView view && view.begun) {
                return view;
            }
        }
        return null;
    }

    final void switchTo(Tracer tracer) {
        if (node != null) {
            tracer.switchTo(node);
        } else if (unsampled != null) {
            tracer.switchTo(unsampled);
            Views.makeCurrent(this);
        }
    }

    /** Makes it, and what the SDK began around it, no longer current on this thread. */
    final void leave(Tracer tracer) {
        SegmentView segment = segment();
        if (segment.begun) {
            segment.leaveThread();
            return;
        }
        EntityView stays = this;
        for (EntityView next = this; next != null && next.begun; next = next.above()) {
            stays = next;
        }
        EntityView other = stays.begun ? stays.above() : null;
        if (other != null) {
            other.switchTo(tracer);
        }
    }

    final void add(SubsegmentView child) {
        while (true) {
            SubsegmentView last = lastChild;
            if (last != null && last.index + 1 >= MAX_CHILDREN_KEPT) {
                return;
            }
            child.previous = last;
            child.index = last == null ? 0 : last.index + 1;
            if (LAST_CHILD.compareAndSet(this, last, child)) {
                return;
            }
        }
    }

    final void childDropped() {
        DROPPED.getAndAdd(this, 1);
    }

    final boolean takeDroppedChild() {
        int now = dropped;
        return now > 0 && DROPPED.compareAndSet(this, now, now - 1);
    }

    @Override
    public final boolean isSampled() {
        return node != null && !node.tree().isUnwanted();
    }

    @Override
    public final List<Subsegment> getSubsegmentsCopy() {
        var children = new ArrayList<Subsegment>();
        for (SubsegmentView each = lastChild; each != null; each = each.previous) {
            children.add(each);
        }
        Collections.reverse(children);
        return children;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public final List<Subsegment> getSubsegments() {
        return getSubsegmentsCopy();
    }

    /** One that was built by hand becomes a span of ours when it ends; the SDK's own calls add none. */
    @Override
    public final void addSubsegment(Subsegment subsegment) {
        if (node != null && subsegment != null && !(subsegment instanceof EntityView)) {
            segment().expect(subsegment, node);
        }
    }

    @Override
    public final void removeSubsegment(Subsegment subsegment) {
        // Nothing is sent from here.
    }
}
