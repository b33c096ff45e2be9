package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceID;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.UnsampledFrame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A local root as the SDK's segment. */
final class SegmentView extends EntityView implements Segment {
    private @Nullable HandBuilt handBuilt;
    private @Nullable Map<String, Object> service;
    private @Nullable String resourceArn;

    SegmentView(SpanNode node, boolean begun) {
        super(node, null, begun);
    }

    SegmentView(UnsampledFrame unsampled, boolean begun) {
        super(null, unsampled, begun);
    }

    @Override
    SegmentView segment() {
        return this;
    }

    @Override
    @Nullable EntityView above() {
        return null;
    }

    /** By the SDK's own way to end a segment there is nothing more to be done: false, nothing is to be sent. */
    @Override
    public boolean end() {
        if (begun && node != null) {
            long said = endSaid();
            if (said == 0) {
                node.end();
            } else {
                node.endAt(said);
            }
        } else if (begun && unsampled != null) {
            unsampled.end();
            Views.forgetUnsampled();
        }
        return false;
    }

    @Override
    boolean endFor(AWSXRayRecorder recorder, Tracer tracer) {
        if (!begun || (node != null && node.hasEnded())) {
            return false;
        }
        Listeners.tell(recorder, tracer, listener -> listener.beforeEndSegment(this));
        boolean isCurrent = Views.current(tracer) instanceof EntityView view && view.segment() == this;
        end();
        if (isCurrent) {
            tracer.leaveSwitched();
        }
        Listeners.tell(recorder, tracer, listener -> listener.afterEndSegment(this));
        return true;
    }

    /** Ends this one, whatever is current. */
    @Override
    public void close() {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            end();
        } else {
            endFor(getCreator(), tracer);
        }
    }

    void leaveThread() {
        if (node != null) {
            node.leaveThread();
        } else if (unsampled != null) {
            unsampled.leaveThread();
            Views.forgetUnsampled();
        }
    }

    /** Waits for an entity that was built by hand under one of this segment's. */
    synchronized void expect(Subsegment subsegment, SpanNode parent) {
        if (handBuilt == null) {
            handBuilt = new HandBuilt();
        }
        handBuilt.expect(subsegment, parent);
    }

    /** One that was built by hand has ended: which, it does not say. */
    @Override
    public boolean decrementReferenceCount() {
        HandBuilt expected;
        synchronized (this) {
            expected = handBuilt;
        }
        if (expected != null) {
            expected.takeEnded();
        }
        return false;
    }

    @Override
    public boolean isRecording() {
        return node != null;
    }

    /** False keeps what was recorded from being sent; true where nothing is recorded does nothing. */
    @Override
    public void setSampled(boolean sampled) {
        if (node != null) {
            node.tree().unwanted(!sampled);
        }
    }

    @Override
    public void setTraceId(TraceID traceId) {
        if (node != null && traceId != null && begun) {
            node.tree().continueTrace(TraceIds.high(traceId), TraceIds.low(traceId));
        }
    }

    @Override
    public @Nullable String getParentId() {
        long parent = node == null ? 0 : node.tree().remoteParentId();
        return parent == 0 ? null : Ids.hex(parent);
    }

    @Override
    public void setParentId(@Nullable String parentId) {
        if (node != null && begun) {
            node.tree().remoteParentId(TraceIds.parent(parentId));
        }
    }

    @Override
    public void setRuleName(String name) {
        if (node != null && name != null) {
            node.tree().samplingRule(name);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // as the SDK's own
    public String getUser() {
        return node == null ? "" : node.tree().user();
    }

    @Override
    public void setUser(String user) {
        if (node != null) {
            node.putUser(user);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // as the SDK's own
    public String getOrigin() {
        return node == null ? "" : node.tree().origin();
    }

    @Override
    public void setOrigin(String origin) {
        if (node != null) {
            node.tree().origin(origin);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // as the SDK's own
    public synchronized String getResourceArn() {
        return resourceArn;
    }

    @Override
    public synchronized void setResourceArn(String newResourceArn) {
        resourceArn = newResourceArn;
        putMetadata("aws", "resource_arn", newResourceArn);
    }

    @Override
    public synchronized Map<String, Object> getService() {
        return service == null ? new HashMap<>() : new HashMap<>(service);
    }

    @Override
    public void setService(Map<String, Object> all) {
        putAllService(all);
    }

    /** Our own says what the service's version is; what the application adds is metadata. */
    @Override
    public void putService(String key, Object object) {
        if (key != null && object != null) {
            synchronized (this) {
                if (service == null) {
                    service = new HashMap<>();
                }
                service.put(key, object);
            }
            putMetadata("service", key, object);
        }
    }

    @Override
    public void putAllService(Map<String, Object> all) {
        if (all != null) {
            all.forEach(this::putService);
        }
    }

    @Override
    public Segment getParentSegment() {
        return this;
    }

    @Override
    @SuppressWarnings("NullAway") // as the SDK's own
    public Entity getParent() {
        return null;
    }

    @Override
    public void setParent(Entity parent) {}
}
