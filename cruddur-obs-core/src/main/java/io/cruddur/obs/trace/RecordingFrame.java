package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** An entry in which spans are recorded. */
class RecordingFrame extends Frame {
    /** The span that a task was handed; it stays the parent of what the task does, even when it has ended. */
    private final @Nullable SpanNode base;

    private @Nullable SpanNode current;

    RecordingFrame(Tracer tracer) {
        super(tracer);
        this.base = null;
    }

    RecordingFrame(SpanNode base) {
        super(base.tree.tracer);
        this.base = base;
        this.current = base;
    }

    /** Whether the span, which goes on, is one of the tree that is current here. */
    final boolean holds(SpanNode node) {
        SpanNode now = currentNode();
        return now != null && now.tree == node.tree && !node.hasEnded();
    }

    final void makeCurrent(SpanNode node) {
        current = node;
    }

    /** The innermost span that has not ended. */
    final @Nullable SpanNode currentNode() {
        SpanNode node = current;
        while (node != null && node != base && node.hasEnded()) {
            node = node.parent;
        }
        current = node;
        return node;
    }

    /**
     * What the next span belongs to: the innermost that has not ended. Where another thread has ended all of them since
     * this frame was found, the span is taken to have begun before that.
     */
    final @Nullable SpanNode parentOfNext() {
        SpanNode outermost = current;
        for (SpanNode node = current; node != null; node = node.parent) {
            if (node == base || !node.hasEnded()) {
                return node;
            }
            outermost = node;
        }
        return outermost;
    }

    @Override
    final boolean release(SpanNode node) {
        for (SpanNode open = current; open != null; open = open.parent) {
            if (open == node) {
                current = node.parent;
                return true;
            }
        }
        return false;
    }

    @Override
    public final @Nullable SpanNode currentSpan() {
        return currentNode();
    }

    @Override
    boolean isOver() {
        return currentNode() == null;
    }

    @Override
    public final long traceIdHigh() {
        SpanNode node = currentNode();
        return node == null ? 0 : node.tree.traceIdHigh;
    }

    @Override
    public final long traceIdLow() {
        SpanNode node = currentNode();
        return node == null ? 0 : node.tree.traceIdLow;
    }

    @Override
    public final long spanId() {
        SpanNode node = currentNode();
        return node == null ? 0 : node.id;
    }

    @Override
    public final @Nullable Trail trail() {
        SpanNode node = currentNode();
        return node == null ? null : node.tree.ownTrail();
    }

    @Override
    public final boolean sampled() {
        return true;
    }

    @Override
    public final boolean sampledDownstream() {
        SpanNode node = currentNode();
        return node == null || !node.tree.isUnwanted();
    }
}
