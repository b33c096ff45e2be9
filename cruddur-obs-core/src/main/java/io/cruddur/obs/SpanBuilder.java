package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.FirstAttributes;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tracer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span that is about to begin: a child of the current one, or a new local root where nothing is current. Ends in
 * {@link #start}, {@link #run} or {@link #call}; without one of these nothing happens. Used by one thread.
 *
 * <p>It is small, and its terminals hand its fields on and do nothing else, so that the compiler can put them into their
 * caller and leave the builder out.
 */
@CheckReturnValue
public final class SpanBuilder {
    private final @Nullable Tracer tracer;
    private final String name;
    private SpanOptions options = SpanOptions.NONE;

    SpanBuilder(@Nullable Tracer tracer, String name) {
        this.tracer = tracer;
        this.name = name;
    }

    /** Adds an annotation when it begins. */
    public SpanBuilder annotate(String key, @Nullable String value) {
        return value == null ? this : add(key, value, null);
    }

    /** Adds a numeric annotation when it begins. */
    public SpanBuilder annotate(String key, long value) {
        return add(key, value, null);
    }

    /** Adds a numeric annotation when it begins; NaN and the infinities become text. */
    public SpanBuilder annotate(String key, double value) {
        return add(key, value, null);
    }

    /** Adds a boolean annotation when it begins. */
    public SpanBuilder annotate(String key, boolean value) {
        return add(key, value, null);
    }

    /** Adds metadata when it begins, under the namespace {@code default}. */
    public SpanBuilder metadata(String key, @Nullable Object value) {
        return metadata(SpanNode.DEFAULT_NAMESPACE, key, value);
    }

    /** Adds metadata when it begins; the value is copied now. */
    public SpanBuilder metadata(String namespace, String key, @Nullable Object value) {
        if (!mayBeRecorded()) {
            return this;
        }
        return add(key, CapturedValue.of(value), namespace);
    }

    /** False where it is known that nothing is: then values are not even looked at. */
    private boolean mayBeRecorded() {
        if (tracer == null) {
            return false;
        }
        Frame frame = options.newTrace ? null : tracer.currentFrame();
        return frame == null || frame.sampled();
    }

    private SpanBuilder add(String key, @Nullable Object value, @Nullable String namespace) {
        SpanOptions mine = own();
        FirstAttributes attributes = mine.first;
        if (attributes == null) {
            mine.first = attributes = new FirstAttributes();
        }
        if (!attributes.add(key, value, namespace) && tracer != null) {
            tracer.adjustments().count(Adjustment.ATTRIBUTE_DROPPED, key);
        }
        return this;
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
        // An unknown kind is none: a mistake in telling must not cost the work.
        options = options.withKind(value == null ? Kind.INTERNAL : value);
        return this;
    }

    /** The request that the span answers, for sampling rules that look at its host, method or path. */
    public SpanBuilder request(InboundRequest value) {
        own().request = value;
        return this;
    }

    /** The span begins a trace of its own, whatever is current. */
    public SpanBuilder newTrace() {
        own().newTrace = true;
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
            own().remote = tracer.extract(headers);
        }
        return this;
    }

    private SpanOptions own() {
        SpanOptions mine = options.own();
        options = mine;
        return mine;
    }

    /** Begins it; it is current on this thread until it is closed. */
    public Span start() {
        return SpanStart.begin(tracer, name, options);
    }

    /** Runs the work inside the span. What it throws is recorded and thrown on. */
    public <E extends Exception> void run(CheckedRunnable<E> work) throws E {
        Within.run(start(), work);
    }

    /** Runs the work with its span. What it throws is recorded and thrown on. */
    public <E extends Exception> void run(CheckedConsumer<E> work) throws E {
        Within.run(start(), work);
    }

    /** Runs the work inside the span and gives its result. What it throws is recorded and thrown on. */
    @CanIgnoreReturnValue
    public <T extends @Nullable Object, E extends Exception> T call(CheckedCallable<T, E> work) throws E {
        return Within.call(start(), work);
    }

    /** Runs the work with its span and gives its result. What it throws is recorded and thrown on. */
    @CanIgnoreReturnValue
    public <T extends @Nullable Object, E extends Exception> T call(CheckedFunction<T, E> work) throws E {
        return Within.call(start(), work);
    }
}
