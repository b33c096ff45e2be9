package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** An entry in which spans are recorded. */
class RecordingFrame extends Frame {
    private @Nullable SpanNode current;

    RecordingFrame(Tracer tracer) {
        super(tracer);
    }

    final void makeCurrent(SpanNode node) {
        current = node;
    }

    /** The innermost span that has not ended. */
    final @Nullable SpanNode currentNode() {
        SpanNode node = current;
        while (node != null && node.hasEnded()) {
            node = node.parent;
        }
        current = node;
        return node;
    }

    @Override
    public final @Nullable SpanNode currentSpan() {
        return currentNode();
    }

    @Override
    final boolean isOver() {
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
    public final boolean sampled() {
        return true;
    }
}
