package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.entities.Entity;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import org.jspecify.annotations.Nullable;

/** Finds the SDK's view of what is current. */
final class Views {
    /** The innermost view of what is not recorded on this thread; it counts only while its trace is current. */
    private static final ThreadLocal<@Nullable EntityView> UNSAMPLED = new ThreadLocal<>();

    private Views() {}

    static @Nullable Entity current(Tracer tracer) {
        Frame frame = tracer.currentFrame();
        return frame == null ? null : current(frame);
    }

    static @Nullable EntityView current(Frame frame) {
        SpanNode node = frame.currentSpan();
        if (node != null) {
            return of(node);
        }
        UnsampledFrame root = frame.unsampledRoot();
        return root == null ? null : of(root);
    }

    /** The view of a span, made when it is asked for first. */
    static EntityView of(SpanNode node) {
        return node.attachment() instanceof EntityView view ? view : (EntityView) node.attach(Views::make);
    }

    private static EntityView make(SpanNode node) {
        return node.parent() == null && !node.tree().isFragment()
                ? new SegmentView(node, false)
                : new SubsegmentView(node, null, false);
    }

    static EntityView of(UnsampledFrame root) {
        EntityView present = UNSAMPLED.get();
        if (present == null || present.unsampled != root) {
            present = new SegmentView(root, false);
            UNSAMPLED.set(present);
        }
        return present;
    }

    static void makeCurrent(EntityView unsampled) {
        UNSAMPLED.set(unsampled);
    }

    static void forgetUnsampled() {
        UNSAMPLED.remove();
    }
}
