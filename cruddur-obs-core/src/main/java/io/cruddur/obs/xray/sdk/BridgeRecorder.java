package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.contexts.SegmentContextResolverChain;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceID;
import com.amazonaws.xray.exceptions.SegmentNotFoundException;
import com.amazonaws.xray.strategy.ContextMissingStrategy;
import com.amazonaws.xray.strategy.sampling.SamplingStrategy;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SamplingDecision;
import io.cruddur.obs.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * The global recorder while the bridge is installed. Whoever keeps it longer finds the recorder that was there before
 * behind it. Thread-safe.
 */
final class BridgeRecorder extends AWSXRayRecorder {
    private final BridgeContext context = new BridgeContext();
    private final SamplingStrategy decisions = new TracerDecisions(this);
    private volatile AWSXRayRecorder before;

    BridgeRecorder(AWSXRayRecorder before) {
        this.before = before;
        // Its constructor has opened a socket; nothing is sent here.
        OnDemandEmitter.closeSocket(super.getEmitter());
        setEmitter(new TakingEmitter(this));
        var chain = new SegmentContextResolverChain();
        chain.addResolver(context);
        setSegmentContextResolverChain(chain);
        setSamplingStrategy(decisions);
    }

    /** Takes over what the application has said to the recorder that this one stands in for. */
    void standInFor(AWSXRayRecorder other) {
        before = other;
        getSegmentListeners().clear();
        addAllSegmentListeners(other.getSegmentListeners());
        setContextMissingStrategy(other.getContextMissingStrategy());
        setThrowableSerializationStrategy(other.getThrowableSerializationStrategy());
        setOrigin(other.getOrigin());
        getAwsRuntimeContext().putAll(other.getAwsRuntimeContext());
        setSamplingStrategy(decisions);
    }

    AWSXRayRecorder before() {
        return before;
    }

    /** What the strategy throws is said instead: asking for a trace must not cost the application its work. */
    @Override
    public void setContextMissingStrategy(ContextMissingStrategy strategy) {
        super.setContextMissingStrategy(strategy instanceof SaidWhenMissing ? strategy : new SaidWhenMissing(strategy));
    }

    @Override
    public Segment beginSegment(String name) {
        Tracer tracer = XraySdkBridge.tracer();
        return tracer == null ? before.beginSegment(name) : context.begin(this, tracer, name, null, null);
    }

    @Override
    public Segment beginSegment(String name, TraceID traceId, @Nullable String parentId) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return before.beginSegment(name, traceId, parentId);
        }
        return context.begin(this, tracer, name, TraceIds.remote(traceId, parentId, true), null);
    }

    @Override
    public Segment beginSegmentWithSampling(String name) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return before.beginSegmentWithSampling(name);
        }
        if (getSamplingStrategy() != decisions) {
            return super.beginSegmentWithSampling(name);
        }
        SamplingDecision decision = tracer.decide(name, null, null);
        return decision.sampled()
                ? context.begin(this, tracer, name, null, decision.rule())
                : context.beginUnsampled(this, tracer, null);
    }

    @Override
    public Segment beginNoOpSegment() {
        Tracer tracer = XraySdkBridge.tracer();
        return tracer == null ? before.beginNoOpSegment() : context.beginUnsampled(this, tracer, null);
    }

    @Override
    public Segment beginNoOpSegment(TraceID traceId) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return before.beginNoOpSegment(traceId);
        }
        RemoteParent remote = TraceIds.remote(traceId, null, false);
        return context.beginUnsampled(this, tracer, remote);
    }

    @Override
    public void endSegment() {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            before.endSegment();
        } else if (tracer.currentFrame() == null) {
            // Nothing of ours: what was built by hand, or nothing at all.
            super.endSegment();
        } else if (!context.endSegment(this, tracer)) {
            getContextMissingStrategy()
                    .contextMissing("Failed to end segment: segment cannot be found.", SegmentNotFoundException.class);
        }
    }

    @Override
    public void endSubsegment(@Nullable Subsegment subsegment) {
        if (subsegment instanceof SubsegmentView view) {
            view.end();
        } else {
            super.endSubsegment(subsegment);
        }
    }

    // The deprecated way to the thread's entity, which would go past the context.

    @Override
    @Deprecated
    public void injectThreadLocal(Entity entity) {
        setTraceEntity(entity);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public @Nullable Entity getThreadLocal() {
        return getTraceEntity();
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public void clearThreadLocal() {
        clearTraceEntity();
    }
}
