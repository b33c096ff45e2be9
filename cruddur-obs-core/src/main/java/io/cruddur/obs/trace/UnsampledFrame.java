package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** A local root that is not recorded: it carries real ids, so that logs, errors and downstream calls can be tied. */
public class UnsampledFrame extends Frame {
    private final long traceIdHigh;
    private final long traceIdLow;
    private final long spanId;
    private volatile boolean ended;
    private volatile @Nullable Trail trail;

    /** Starts it; it is not current anywhere before it is entered. */
    protected UnsampledFrame(Tracer tracer, long traceIdHigh, long traceIdLow) {
        super(tracer);
        this.traceIdHigh = traceIdHigh;
        this.traceIdLow = traceIdLow;
        this.spanId = Ids.spanId();
    }

    /** Ends it; a second call does nothing. */
    public final void end() {
        ended = true;
        if (trail != null) {
            trail = null;
        }
        leave();
        tracer.currentChanged(false);
    }

    @Override
    public final long traceIdHigh() {
        return traceIdHigh;
    }

    @Override
    public final long traceIdLow() {
        return traceIdLow;
    }

    @Override
    public final long spanId() {
        return spanId;
    }

    @Override
    public final Trail trail() {
        Trail present = trail;
        return present == null ? newTrail() : present;
    }

    private synchronized Trail newTrail() {
        Trail present = trail;
        if (present == null) {
            trail = present = new Trail();
        }
        return present;
    }

    @Override
    public final UnsampledFrame unsampledRoot() {
        return this;
    }

    @Override
    public final boolean sampled() {
        return false;
    }

    @Override
    final boolean isOver() {
        return ended;
    }
}
