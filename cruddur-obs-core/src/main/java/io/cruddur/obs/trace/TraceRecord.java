package io.cruddur.obs.trace;

import io.cruddur.obs.delivery.Envelope;
import io.cruddur.obs.delivery.Weighted;

/**
 * Spans on their way to delivery: a whole tree, or a part that went early or came late. A sink that keeps up writes them
 * as it sends them, so a record is its own envelope. Read by one thread, the sink's worker.
 */
public interface TraceRecord extends Weighted, Envelope {
    /** The tree of which they are a part. */
    Tree tree();

    /**
     * The topmost spans, linked by {@link SpanNode#nextSibling}. The root of a tree has no parent in this process; any
     * other is a subsegment of its {@link SpanNode#parent}.
     */
    SpanNode topmost();

    /** Whether the topmost stand for all that is linked under them; else there is one, and it stands for itself alone. */
    boolean withDescendants();

    /** Whether the topmost is said to be under way, whatever has become of it since. */
    default boolean inProgress() {
        return false;
    }

    /** Whether there is nothing to say any more: the topmost was under way, and has ended since. */
    default boolean isOutdated() {
        return false;
    }

    /** Unknown before it is written. */
    @Override
    default int size() {
        return 0;
    }

    @Override
    default long timestampMillis() {
        return 0;
    }
}
