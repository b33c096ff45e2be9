package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import io.cruddur.obs.trace.SamplingDecision;
import io.cruddur.obs.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span that is about to begin: a child of the current one, or a new local root where nothing is current. Ends in
 * {@link #start}, {@link #run} or {@link #call}; without one of these nothing happens. Used by one thread.
 */
@CheckReturnValue
public final class SpanBuilder {
    private final @Nullable Tracer tracer;
    private final String name;
    private Kind kind = Kind.INTERNAL;
    private boolean newTrace;
    private @Nullable RemoteParent remote;
    private @Nullable InboundRequest request;
    private @Nullable List<Consumer<Span>> first;

    SpanBuilder(@Nullable Tracer tracer, String name) {
        this.tracer = tracer;
        this.name = name;
    }

    /** Adds an annotation when it begins. */
    public SpanBuilder annotate(String key, @Nullable String value) {
        return first(span -> span.annotate(key, value));
    }

    /** Adds a numeric annotation when it begins. */
    public SpanBuilder annotate(String key, long value) {
        return first(span -> span.annotate(key, value));
    }

    /** Adds a boolean annotation when it begins. */
    public SpanBuilder annotate(String key, boolean value) {
        return first(span -> span.annotate(key, value));
    }

    /** Adds metadata when it begins. */
    public SpanBuilder metadata(String key, @Nullable Object value) {
        return first(span -> span.metadata(key, value));
    }

    /** The span answers a request from outside. */
    public SpanBuilder server() {
        return kind(Kind.SERVER);
    }

    /** The span calls another service and waits for it. */
    public SpanBuilder client() {
        return kind(Kind.CLIENT);
    }

    /** What part the span plays; {@link Kind#INTERNAL} by default. */
    public SpanBuilder kind(Kind value) {
        kind = value;
        return this;
    }

    /** The request that the span answers, for sampling rules that look at its host, method or path. */
    public SpanBuilder request(InboundRequest value) {
        request = value;
        return this;
    }

    /** The span begins a trace of its own, whatever is current. */
    public SpanBuilder newTrace() {
        newTrace = true;
        return this;
    }

    /**
     * Goes on with the caller's trace, if its headers name one in valid form; only for callers that are trusted: they
     * choose the trace's id, what is recorded and the baggage. Has no effect on a child: only a local root goes on with
     * another process's trace. If the function throws, there is no caller's trace.
     *
     * @param headers the value of a header by its name, null when it is absent; several values joined by a comma
     */
    public SpanBuilder continueFrom(Function<String, @Nullable String> headers) {
        if (tracer != null) {
            remote = tracer.extract(headers);
        }
        return this;
    }

    /** Begins it; it is current on this thread until it is closed. */
    public Span start() {
        Span span = begin();
        List<Consumer<Span>> additions = first;
        if (additions != null && span.isRecording()) {
            for (Consumer<Span> addition : additions) {
                addition.accept(span);
            }
        }
        return span;
    }

    private Span begin() {
        Tracer on = tracer;
        if (on == null) {
            return NoopSpan.INSTANCE;
        }
        Frame frame = newTrace ? null : on.currentFrame();
        if (frame != null) {
            Span child = (Span) on.beginChild(frame, name, kind);
            return child == null ? UnsampledSpan.childIn(frame) : child;
        }
        SamplingDecision decision = on.decide(name, remote, request);
        return decision.sampled()
                ? (Span) on.beginRoot(name, kind, remote, decision.rule())
                : (Span) on.beginUnsampled(remote);
    }

    /** Runs the work inside the span. What it throws is recorded and thrown on. */
    public <E extends Exception> void run(CheckedRunnable<E> work) throws E {
        try (Span span = start()) {
            try {
                work.run();
            } catch (Throwable e) {
                span.exception(e);
                throw e;
            }
        }
    }

    /** Runs the work with its span. What it throws is recorded and thrown on. */
    public <E extends Exception> void run(CheckedConsumer<E> work) throws E {
        try (Span span = start()) {
            try {
                work.accept(span);
            } catch (Throwable e) {
                span.exception(e);
                throw e;
            }
        }
    }

    /** Runs the work inside the span and gives its result. What it throws is recorded and thrown on. */
    @CanIgnoreReturnValue
    public <T extends @Nullable Object, E extends Exception> T call(CheckedCallable<T, E> work) throws E {
        try (Span span = start()) {
            try {
                return work.call();
            } catch (Throwable e) {
                span.exception(e);
                throw e;
            }
        }
    }

    /** Runs the work with its span and gives its result. What it throws is recorded and thrown on. */
    @CanIgnoreReturnValue
    public <T extends @Nullable Object, E extends Exception> T call(CheckedFunction<T, E> work) throws E {
        try (Span span = start()) {
            try {
                return work.apply(span);
            } catch (Throwable e) {
                span.exception(e);
                throw e;
            }
        }
    }

    private SpanBuilder first(Consumer<Span> addition) {
        if (first == null) {
            first = new ArrayList<>(4);
        }
        first.add(addition);
        return this;
    }
}
