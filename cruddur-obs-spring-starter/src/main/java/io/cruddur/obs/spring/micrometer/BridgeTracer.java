package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Engine;
import io.cruddur.obs.Obs;
import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.Carried;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SamplingDecision;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.CurrentTraceContext;
import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.SpanCustomizer;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Micrometer's tracer over the engine of an {@link Obs}. Thread-safe. */
final class BridgeTracer implements Tracer {
    /** Until it has another, which for an observation is at its end. */
    static final String UNNAMED = "unnamed";

    private final Obs obs;
    private final io.cruddur.obs.trace.Tracer engine;
    private final BaggageFields fields;
    private final boolean sendsStatements;
    private final BridgePropagator propagator;
    private final BridgeCurrentTraceContext currentContext;
    private final SpanCustomizer customizer = new CurrentSpanCustomizer(this);

    BridgeTracer(Obs obs, Engine engine, BaggageFields fields, boolean sendsStatements) {
        this.obs = obs;
        this.engine = engine.tracer();
        this.fields = fields;
        this.sendsStatements = sendsStatements;
        this.propagator = new BridgePropagator(this, engine.propagator());
        this.currentContext = new BridgeCurrentTraceContext(this, obs);
    }

    Obs obs() {
        return obs;
    }

    io.cruddur.obs.trace.Tracer engine() {
        return engine;
    }

    BaggageFields fields() {
        return fields;
    }

    BridgePropagator propagator() {
        return propagator;
    }

    @Nullable Frame currentFrame() {
        return engine.currentFrame();
    }

    /** What is current on this thread: a span here, or one of another process whose scope was opened. */
    @Nullable BridgeContext current() {
        Frame frame = engine.currentFrame();
        if (frame != null) {
            return BridgeContext.in(frame);
        }
        RemoteParent remote = engine.remoteInScope();
        return remote == null ? null : new BridgeContext.Remote(remote);
    }

    /** The span at a place; one of another process is known by its ids alone. */
    Span span(BridgeContext context) {
        return context instanceof BridgeContext.Recorded recorded
                ? new BridgeSpan(recorded)
                : new UnrecordedSpan(context);
    }

    /** Begins what is not under a span of this process; it does not become current. */
    BridgeContext beginRoot(String name, Kind kind, @Nullable RemoteParent remote, @Nullable InboundRequest request) {
        RemoteParent invocation = remote == null ? engine.invocation() : null;
        if (invocation != null) {
            return Boolean.TRUE.equals(invocation.sampled())
                    ? new BridgeContext.Recorded(engine.beginAside(invocation, name, kind), invocation.carried())
                    : unrecorded(invocation);
        }
        SamplingDecision decision = engine.decide(name, remote, request);
        return decision.sampled()
                ? new BridgeContext.Recorded(
                        engine.beginRootAside(name, kind, remote, decision.rule()), carriedBy(remote))
                : unrecorded(remote);
    }

    private BridgeContext unrecorded(@Nullable RemoteParent remote) {
        return new BridgeContext.Unrecorded(engine.beginUnsampledAside(remote), carriedBy(remote));
    }

    private static Carried carriedBy(@Nullable RemoteParent remote) {
        return remote == null ? Carried.NOTHING : remote.carried();
    }

    /**
     * Begins a span under its parent, or a trace without one; but a call to another service begins no trace of its own, as
     * none that is not observed does.
     */
    Span beginUnder(@Nullable BridgeContext parent, String name, Kind kind) {
        boolean isOutside = parent == null && kind == Kind.CLIENT && engine.invocation() == null;
        return isOutside ? Span.NOOP : begin(parent, name, kind);
    }

    /** Begins a span under its parent, or a trace without one. */
    Span begin(@Nullable BridgeContext parent, String name, Kind kind) {
        BridgeContext begun = parent == null ? beginRoot(name, kind, null, null) : parent.beginChild(this, name, kind);
        if (begun instanceof BridgeContext.Recorded recorded) {
            fields.tag(recorded);
            return BridgeSpan.beginning(recorded, sendsStatements);
        }
        // Dropped because its tree is full: it stands for its parent.
        BridgeContext idle = begun == null ? parent : begun;
        return idle == null ? Span.NOOP : new UnrecordedSpan(idle);
    }

    @Override
    public Span nextSpan() {
        return begin(current(), UNNAMED, Kind.INTERNAL);
    }

    @Override
    public Span nextSpan(@Nullable Span parent) {
        BridgeContext context = parent == null ? null : BridgeContext.of(parent.context());
        return context == null ? nextSpan() : begin(context, UNNAMED, Kind.INTERNAL);
    }

    @Override
    public SpanInScope withSpan(@Nullable Span span) {
        CurrentTraceContext.Scope scope = currentContext.newScope(span == null ? null : span.context());
        return scope::close;
    }

    @Override
    public ScopedSpan startScopedSpan(String name) {
        Span span = begin(current(), name, Kind.INTERNAL);
        return new BridgeScopedSpan(span, currentContext.newScope(span.context()));
    }

    @Override
    public Span.Builder spanBuilder() {
        return new BridgeSpanBuilder(this);
    }

    @Override
    public TraceContext.Builder traceContextBuilder() {
        return new BridgeContextBuilder();
    }

    @Override
    public CurrentTraceContext currentTraceContext() {
        return currentContext;
    }

    @Override
    public SpanCustomizer currentSpanCustomizer() {
        return customizer;
    }

    @Override
    public @Nullable Span currentSpan() {
        BridgeContext context = current();
        return context == null ? null : span(context);
    }

    @Override
    public Map<String, String> getAllBaggage() {
        BridgeContext context = current();
        return context == null ? Map.of() : context.carried().baggage().asMap();
    }

    @Override
    public Map<String, String> getAllBaggage(@Nullable TraceContext traceContext) {
        BridgeContext context = BridgeContext.of(traceContext);
        return context == null ? getAllBaggage() : baggageOf(context).asMap();
    }

    Baggage baggageOf(BridgeContext context) {
        return context.carried(currentFrame()).baggage();
    }

    @Override
    public io.micrometer.tracing.Baggage getBaggage(String name) {
        return new BridgeBaggage(this, name, null);
    }

    @Override
    public io.micrometer.tracing.Baggage getBaggage(TraceContext traceContext, String name) {
        return new BridgeBaggage(this, name, BridgeContext.of(traceContext));
    }

    @Override
    @Deprecated
    public io.micrometer.tracing.Baggage createBaggage(String name) {
        return getBaggage(name);
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public io.micrometer.tracing.Baggage createBaggage(String name, String value) {
        return getBaggage(name).set(value);
    }

    @Override
    public BaggageInScope createBaggageInScope(String name, String value) {
        return new BridgeBaggage(this, name, null).makeCurrent(value);
    }

    @Override
    public BaggageInScope createBaggageInScope(TraceContext traceContext, String name, String value) {
        return new BridgeBaggage(this, name, BridgeContext.of(traceContext)).makeCurrent(value);
    }

    @Override
    public List<String> getBaggageFields() {
        return fields.remote();
    }
}
