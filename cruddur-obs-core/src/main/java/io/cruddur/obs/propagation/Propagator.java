package io.cruddur.obs.propagation;

import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.Carried;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.HeaderReader;
import io.cruddur.obs.trace.RemoteParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the headers that {@link Propagation} names. Thread-safe; never throws. */
public final class Propagator implements HeaderReader {
    private static final Logger LOG = LoggerFactory.getLogger(Propagator.class);

    /** The variable that a Lambda function has its invocation's header from: what is malformed is counted by its name. */
    private static final String OF_LAMBDA = "_X_AMZN_TRACE_ID";

    private final PropagationFormat[] read;
    private final PropagationFormat[] write;
    private final boolean baggage;
    private final @Nullable Supplier<@Nullable String> invocation;
    private final IgnoredHeaders ignored = new IgnoredHeaders();

    @SuppressWarnings("UnnecessaryLambda") // one object, not one a request
    private final Runnable baggageIgnored = () -> ignored.count(Baggage.NAME);

    /** One with these settings, in a process that nobody invokes. */
    public Propagator(Propagation settings) {
        this(settings, null);
    }

    /**
     * One with these settings.
     *
     * @param invocation gives the header of the invocation that is under way, in X-Ray's form, or null while there is
     *     none; null in a process that nobody invokes
     */
    public Propagator(Propagation settings, @Nullable Supplier<@Nullable String> invocation) {
        this.read = settings.read().toArray(new PropagationFormat[0]);
        this.write = settings.write().toArray(new PropagationFormat[0]);
        this.baggage = settings.baggage();
        this.invocation = invocation;
    }

    @Override
    public @Nullable RemoteParent extract(Function<String, @Nullable String> headers) {
        try {
            RemoteParent parent = parent(headers);
            return baggage ? withBaggage(parent, headers) : parent;
        } catch (Throwable e) {
            // The function is not ours.
            ignored.count("unreadable");
            LOG.debug("Inbound headers could not be read; a new trace begins", e);
            return null;
        }
    }

    /**
     * What is malformed is counted, and as if it were not there. Without a parent or a decision, which is how Lambda says
     * that it does not trace, there is no segment to be a part of: the ids go on, and nothing is recorded.
     */
    @Override
    public @Nullable RemoteParent invocation() {
        try {
            return invocation == null ? null : invocation(invocation.get());
        } catch (Throwable e) {
            // What reads it is the AWS SDK's, or a system property that a policy may keep from us.
            ignored.count(OF_LAMBDA);
            LOG.debug("The invocation's header could not be read; a new trace begins", e);
            return null;
        }
    }

    private @Nullable RemoteParent invocation(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return null;
        }
        RemoteParent parent = XAmznTraceId.parse(header);
        if (parent == null) {
            ignored.count(OF_LAMBDA);
            return null;
        }
        boolean recorded = parent.parentId() != 0 && Boolean.TRUE.equals(parent.sampled());
        return new RemoteParent(parent.traceIdHigh(), parent.traceIdLow(), parent.parentId(), recorded);
    }

    private @Nullable RemoteParent parent(Function<String, @Nullable String> headers) {
        RemoteParent parent = null;
        for (PropagationFormat format : read) {
            if (parent == null) {
                parent = read(format, headers);
            } else if (format == PropagationFormat.W3C) {
                return withTraceparent(parent, headers);
            }
        }
        return parent;
    }

    private @Nullable RemoteParent read(PropagationFormat format, Function<String, @Nullable String> headers) {
        String header = headers.apply(format.traceHeader());
        if (format == PropagationFormat.B3_MULTI) {
            return severalB3(header, headers);
        }
        if (header == null) {
            return null;
        }
        RemoteParent parent = switch (format) {
            case XRAY -> XAmznTraceId.parse(header);
            case W3C -> Traceparent.parse(header);
            default -> B3Headers.parse(header);
        };
        if (parent == null) {
            ignored.count(format.traceHeader());
        } else if (format == PropagationFormat.W3C) {
            return withTracestate(parent, headers);
        }
        return parent;
    }

    private @Nullable RemoteParent severalB3(@Nullable String traceId, Function<String, @Nullable String> headers) {
        String spanId = traceId == null ? null : headers.apply(B3Headers.SPAN_ID);
        String sampled = headers.apply(B3Headers.SAMPLED);
        String flags = headers.apply(B3Headers.FLAGS);
        if (traceId == null && sampled == null && flags == null) {
            return null;
        }
        RemoteParent parent = B3Headers.parse(traceId, spanId, sampled, flags);
        if (parent == null) {
            ignored.count(PropagationFormat.B3_MULTI.traceHeader());
        }
        return parent;
    }

    /**
     * A caller that names its trace in two formats loses nothing of the second, as every hop between two of us would:
     * what W3C says beside the ids is kept if it says it of the same trace.
     */
    private RemoteParent withTraceparent(RemoteParent parent, Function<String, @Nullable String> headers) {
        String traceparent = headers.apply(Traceparent.NAME);
        if (traceparent == null || !Traceparent.isOf(traceparent, parent)) {
            return parent;
        }
        RemoteParent same = Traceparent.saysRandomId(traceparent) ? parent.with(Carried.NOTHING) : parent;
        return withTracestate(same, headers);
    }

    private RemoteParent withTracestate(RemoteParent parent, Function<String, @Nullable String> headers) {
        String header = headers.apply(Tracestate.NAME);
        if (header == null) {
            return parent;
        }
        String tracestate = Tracestate.parse(header);
        if (tracestate == null) {
            ignored.count(Tracestate.NAME);
            return parent;
        }
        return tracestate.isEmpty() ? parent : parent.with(parent.carried().with(tracestate));
    }

    /** Baggage needs no trace: without one it goes with the new one. */
    private @Nullable RemoteParent withBaggage(
            @Nullable RemoteParent parent, Function<String, @Nullable String> headers) {
        String header = headers.apply(Baggage.NAME);
        Baggage values = header == null ? Baggage.EMPTY : Baggage.parse(header, baggageIgnored);
        if (values.isEmpty()) {
            return parent;
        }
        return parent == null
                ? RemoteParent.withoutIds(null, Carried.NOTHING.with(values))
                : parent.with(parent.carried().with(values));
    }

    /**
     * Writes what is current in the frame. Every value is visible ASCII, but for spaces inside.
     *
     * @param headers takes a name and a value, and replaces what has the same name
     */
    public void inject(Frame frame, BiConsumer<String, String> headers) {
        inject(
                frame.traceIdHigh(),
                frame.traceIdLow(),
                frame.spanId(),
                frame.sampledDownstream(),
                frame.carried(),
                headers);
    }

    /** Writes what the next process is to go on with, whatever is current here; the same otherwise. */
    public void inject(RemoteParent next, BiConsumer<String, String> headers) {
        inject(
                next.traceIdHigh(),
                next.traceIdLow(),
                next.parentId(),
                Boolean.TRUE.equals(next.sampled()),
                next.carried(),
                headers);
    }

    private void inject(
            long high, long low, long span, boolean sampled, Carried carried, BiConsumer<String, String> headers) {
        try {
            for (PropagationFormat format : write) {
                switch (format) {
                    case XRAY -> headers.accept(XAmznTraceId.NAME, XAmznTraceId.format(high, low, span, sampled));
                    case W3C -> writeW3c(high, low, span, sampled, carried, headers);
                    case B3 -> headers.accept(B3Headers.NAME, B3Headers.format(high, low, span, sampled));
                    case B3_MULTI -> {
                        headers.accept(B3Headers.TRACE_ID, B3Headers.traceId(high, low));
                        headers.accept(B3Headers.SPAN_ID, B3Headers.spanId(span));
                        headers.accept(B3Headers.SAMPLED, sampled ? "1" : "0");
                    }
                }
            }
            if (baggage && !carried.baggage().isEmpty()) {
                headers.accept(Baggage.NAME, carried.baggage().toHeader());
            }
        } catch (Throwable e) {
            // The consumer is not ours, and a call without trace headers is better than none.
            LOG.debug("Outbound trace headers could not be written", e);
        }
    }

    private static void writeW3c(
            long high, long low, long span, boolean sampled, Carried carried, BiConsumer<String, String> headers) {
        headers.accept(Traceparent.NAME, Traceparent.format(high, low, span, sampled, carried.randomId()));
        if (carried.tracestate() != null) {
            headers.accept(Tracestate.NAME, carried.tracestate());
        }
    }

    /** The names of the headers that may be written. */
    public List<String> fields() {
        var names = new ArrayList<String>();
        for (PropagationFormat format : write) {
            names.add(format.traceHeader());
            if (format == PropagationFormat.W3C) {
                names.add(Tracestate.NAME);
            } else if (format == PropagationFormat.B3_MULTI) {
                names.add(B3Headers.SPAN_ID);
                names.add(B3Headers.SAMPLED);
            }
        }
        if (baggage) {
            names.add(Baggage.NAME);
        }
        return List.copyOf(names);
    }

    /** How many headers, and members of {@code baggage}, were ignored so far, by the header's name. */
    public Map<String, Long> ignored() {
        return ignored.counts();
    }
}
