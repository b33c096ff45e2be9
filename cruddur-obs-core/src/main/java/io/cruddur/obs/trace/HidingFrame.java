package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * An entry in which nothing of this process is current: it belongs to nobody, so that whoever looks for theirs finds
 * nothing.
 */
final class HidingFrame extends Frame {
    private final @Nullable RemoteParent remote;

    @SuppressWarnings("NullAway") // only asked of frames that are somebody's
    HidingFrame(@Nullable RemoteParent remote) {
        super(null);
        this.remote = remote;
    }

    @Nullable RemoteParent remote() {
        return remote;
    }

    @Override
    public long traceIdHigh() {
        return 0;
    }

    @Override
    public long traceIdLow() {
        return 0;
    }

    @Override
    public long spanId() {
        return 0;
    }

    @Override
    public @Nullable Trail trail() {
        return null;
    }

    @Override
    public boolean sampled() {
        return false;
    }

    @Override
    boolean isOver() {
        return false;
    }
}
