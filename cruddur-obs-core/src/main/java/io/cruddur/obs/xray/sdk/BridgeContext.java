package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.ThreadLocalStorage;
import com.amazonaws.xray.contexts.SegmentContext;
import com.amazonaws.xray.contexts.SegmentContextResolver;
import com.amazonaws.xray.contexts.SegmentContextResolverChain;
import com.amazonaws.xray.contexts.ThreadLocalSegmentContext;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.exceptions.SubsegmentNotFoundException;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import org.jspecify.annotations.Nullable;

/**
 * Where the SDK looks for what is current: our current span, or, where none of ours is, what the SDK itself has kept for
 * the thread. What is begun here becomes current; what is ended here is only what was begun here. Thread-safe.
 */
final class BridgeContext implements SegmentContext, SegmentContextResolver {
    private static final SegmentContext OF_THE_SDK = new ThreadLocalSegmentContext();

    @Override
    public @Nullable SegmentContext resolve() {
        return XraySdkBridge.tracer() == null ? ofTheSdk() : this;
    }

    /** In Lambda it is another than elsewhere. */
    private static SegmentContext ofTheSdk() {
        SegmentContextResolverChain before = XraySdkBridge.chainBefore();
        SegmentContext context = before == null ? null : before.resolve();
        return context == null ? OF_THE_SDK : context;
    }

    Segment begin(
            AWSXRayRecorder recorder,
            Tracer tracer,
            String name,
            @Nullable RemoteParent remote,
            @Nullable String rule) {
        SpanNode node = tracer.beginRoot(name, Kind.INTERNAL, remote, rule);
        var view = new SegmentView(node, true);
        node.attach(view);
        String origin = recorder.getOrigin();
        if (origin != null) {
            view.setOrigin(origin);
        }
        Listeners.tell(recorder, tracer, listener -> listener.onBeginSegment(view));
        return view;
    }

    Segment beginUnsampled(AWSXRayRecorder recorder, Tracer tracer, @Nullable RemoteParent remote) {
        var view = new SegmentView(tracer.beginUnsampled(remote), true);
        Views.makeCurrent(view);
        Listeners.tell(recorder, tracer, listener -> listener.onBeginSegment(view));
        return view;
    }

    /** By a recorder that was kept from before: its segment is replaced by one of ours. */
    @Override
    @SuppressWarnings("deprecation") // where the SDK has just put it
    public Segment beginSegment(AWSXRayRecorder recorder, Segment fresh) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null || fresh instanceof SegmentView) {
            return fresh;
        }
        ThreadLocalStorage.clear();
        boolean sampled = fresh.isRecording();
        RemoteParent remote = TraceIds.remote(fresh.getTraceId(), fresh.getParentId(), sampled);
        SpanNode node = sampled ? tracer.beginRoot(fresh.getName(), Kind.INTERNAL, remote, null) : null;
        var view = node == null ? new SegmentView(tracer.beginUnsampled(remote), true) : new SegmentView(node, true);
        if (node == null) {
            Views.makeCurrent(view);
        } else {
            node.attach(view);
        }
        return view;
    }

    /** False if there is none, or it was begun elsewhere. */
    boolean endSegment(AWSXRayRecorder recorder, Tracer tracer) {
        return Views.current(tracer) instanceof EntityView view
                && view.segment().endFor(recorder, tracer);
    }

    @Override
    public Subsegment beginSubsegment(AWSXRayRecorder recorder, String name) {
        Tracer tracer = XraySdkBridge.tracer();
        Frame frame = tracer == null ? null : tracer.currentFrame();
        EntityView above = frame == null ? null : Views.current(frame);
        if (tracer == null || frame == null || above == null) {
            return ofTheSdk().beginSubsegment(recorder, name);
        }
        SubsegmentView view = above.unsampled == null
                ? beginRecorded(tracer, frame, above, name)
                : beginUnrecorded(above.unsampled, above, false);
        if (view == null) {
            return Subsegment.noOp(recorder, false);
        }
        Listeners.tell(recorder, tracer, listener -> listener.onBeginSubsegment(view));
        return view;
    }

    private static @Nullable SubsegmentView beginRecorded(Tracer tracer, Frame frame, EntityView above, String name) {
        SpanNode node = tracer.beginChild(frame, name, Kind.INTERNAL);
        if (node == null) {
            above.childDropped();
            return null;
        }
        var view = new SubsegmentView(node, above, true);
        node.attach(view);
        above.add(view);
        return view;
    }

    private static SubsegmentView beginUnrecorded(UnsampledFrame root, EntityView above, boolean ownsTrace) {
        var view = new SubsegmentView(root, above, ownsTrace);
        Views.makeCurrent(view);
        return view;
    }

    /** The trace goes on under its id, but neither this nor what begins in it is recorded, here or by whom it calls. */
    @Override
    public Subsegment beginSubsegmentWithoutSampling(AWSXRayRecorder recorder, String name) {
        Tracer tracer = XraySdkBridge.tracer();
        Entity above = tracer == null ? null : Views.current(tracer);
        if (tracer == null || !(above instanceof EntityView view) || view.unsampled != null) {
            return SegmentContext.super.beginSubsegmentWithoutSampling(recorder, name);
        }
        var remote = new RemoteParent(view.idHigh(), view.idLow(), 0, false);
        SubsegmentView begun = beginUnrecorded(tracer.beginUnsampled(remote), view, true);
        Listeners.tell(recorder, tracer, listener -> listener.onBeginSubsegment(begun));
        return begun;
    }

    @Override
    public void endSubsegment(AWSXRayRecorder recorder) {
        Tracer tracer = XraySdkBridge.tracer();
        Frame frame = tracer == null ? null : tracer.currentFrame();
        if (tracer == null || frame == null) {
            ofTheSdk().endSubsegment(recorder);
            return;
        }
        for (EntityView each = Views.current(frame); each != null; each = each.begunAbove()) {
            if (each.takeDroppedChild() || (each instanceof SubsegmentView view && view.endFor(recorder, tracer))) {
                return;
            }
        }
        recorder.getContextMissingStrategy()
                .contextMissing(
                        "Failed to end subsegment: subsegment cannot be found.", SubsegmentNotFoundException.class);
    }

    @Override
    public @Nullable Entity getTraceEntity() {
        Tracer tracer = XraySdkBridge.tracer();
        Entity current = tracer == null ? null : Views.current(tracer);
        return current == null ? ofTheSdk().getTraceEntity() : current;
    }

    @Override
    public void setTraceEntity(@Nullable Entity entity) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null || (entity != null && !(entity instanceof EntityView))) {
            ofTheSdk().setTraceEntity(entity);
        } else if (entity == null) {
            clearTraceEntity();
        } else {
            EntityView view = (EntityView) entity;
            AWSXRayRecorder recorder = view.getCreator();
            Listeners.tell(recorder, tracer, listener -> listener.onSetEntity(Views.current(tracer), view));
            view.switchTo(tracer);
        }
    }

    /** What our own API began stays current: only the SDK's calls on top of it are taken away. */
    @Override
    public void clearTraceEntity() {
        ofTheSdk().clearTraceEntity();
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return;
        }
        if (Views.current(tracer) instanceof EntityView view) {
            Listeners.tell(view.getCreator(), tracer, listener -> listener.onClearEntity(view));
        }
        tracer.leaveSwitched();
        Frame frame = tracer.currentFrame();
        EntityView left = frame == null ? null : Views.current(frame);
        if (left != null) {
            left.leave(tracer);
        }
    }
}
