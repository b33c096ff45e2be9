package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A local root and all that was begun under it. It goes to delivery as one unit when everything in it has ended. It is
 * also the frame of the thread that began it.
 *
 * <p>Threads meet only here, in two compare-and-set words: {@code head}, a stack of the nodes begun, each knowing how
 * many came before it; and {@code ended}, how many have ended. Whoever ends a node and finds that all begun have ended
 * seals the stack and hands the tree over, so that happens exactly once and a node is never in two trees.
 */
public final class Tree extends RecordingFrame implements TraceRecord {
    private static final VarHandle HEAD;
    private static final VarHandle ENDED;
    private static final VarHandle LARGE;
    private static final SpanNode SEALED = new SpanNode();

    private record Seen(Throwable throwable, CapturedException captured) {}

    /** What a span keeps alive, roughly, with a few annotations. */
    private static final int BYTES_A_SPAN = 256;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(Tree.class, "head", SpanNode.class);
            ENDED = lookup.findVarHandle(Tree.class, "ended", int.class);
            LARGE = lookup.findVarHandle(Tree.class, "large", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long traceIdHigh;
    final long traceIdLow;
    final long remoteParentId;
    final boolean fragment;
    private final @Nullable String samplingRule;
    /** The only reading of the wall clock; every other time is a distance from it. */
    private final long startEpochMicros;

    private final long startNanos;

    private volatile @Nullable SpanNode head;

    @SuppressWarnings("UnusedVariable") // read and written through ENDED
    private volatile int ended;
    /** Set once, by whoever seals, before the tree is handed over. */
    private @Nullable SpanNode newest;

    private int weight;

    /** The last exception recorded in this tree; two threads may at worst copy one twice. */
    private volatile @Nullable Seen seenLast;

    private volatile @Nullable String user;

    @SuppressWarnings("UnusedVariable") // read and written through LARGE
    private volatile int large;

    Tree(
            Tracer tracer,
            long traceIdHigh,
            long traceIdLow,
            long remoteParentId,
            boolean fragment,
            @Nullable String samplingRule) {
        super(tracer);
        this.traceIdHigh = traceIdHigh;
        this.traceIdLow = traceIdLow;
        this.remoteParentId = remoteParentId;
        this.fragment = fragment;
        this.samplingRule = samplingRule;
        this.startEpochMicros = Clock.epochMicros();
        this.startNanos = System.nanoTime();
    }

    /** Adds a node that has just begun. False if the tree is handed over already: the node needs a tree of its own. */
    boolean add(SpanNode node) {
        while (true) {
            SpanNode seen = head;
            if (seen == SEALED) {
                return false;
            }
            node.next = seen;
            node.index = seen == null ? 0 : seen.index + 1;
            if (HEAD.compareAndSet(this, seen, node)) {
                return true;
            }
        }
    }

    /** Called once for each node, when it has ended. */
    void nodeEnded(SpanNode node) {
        int endedNow = (int) ENDED.getAndAdd(this, 1) + 1;
        if (node.index == 0) {
            leave();
        }
        SpanNode seen = head;
        if (seen == null || seen == SEALED) {
            return;
        }
        if (endedNow == seen.index + 1) {
            seal(seen);
        } else if (node.index == 0) {
            tracer.park(this);
        }
    }

    /** Hands the tree over with what has ended in it; for a root whose children are never ended. */
    void sealUnfinished() {
        SpanNode seen = head;
        while (seen != null && seen != SEALED && !seal(seen)) {
            seen = head;
        }
    }

    private boolean seal(SpanNode seen) {
        if (!HEAD.compareAndSet(this, seen, SEALED)) {
            return false;
        }
        newest = seen;
        weight = (seen.index + 1) * BYTES_A_SPAN + (int) LARGE.getVolatile(this);
        tracer.handOver(this);
        return true;
    }

    boolean isSealed() {
        return head == SEALED;
    }

    /** Nanoseconds since the tree began, plus one: 0 means "not yet" in a node's end. */
    long elapsedNanos() {
        return System.nanoTime() - startNanos + 1;
    }

    /** The time of a node's start or end in epoch microseconds. */
    long epochMicros(long elapsedNanos) {
        return startEpochMicros + (elapsedNanos - 1) / 1_000;
    }

    @Override
    public Tree tree() {
        return this;
    }

    @Override
    public boolean withDescendants() {
        return true;
    }

    /**
     * Links each node's children in the order in which they began and returns the root. Once, by the sink, for a tree
     * that was handed over: the stack's links are used again for it.
     */
    @Override
    public SpanNode topmost() {
        SpanNode node = newest;
        while (node != null) {
            SpanNode older = node.next;
            if (node.parent == null) {
                return node;
            }
            node.next = node.parent.firstChild;
            node.parent.firstChild = node;
            node = older;
        }
        throw new IllegalStateException("not handed over");
    }

    /** The trace id's first 64 bits. */
    public long idHigh() {
        return traceIdHigh;
    }

    /** The trace id's last 64 bits. */
    public long idLow() {
        return traceIdLow;
    }

    /** The id of the span that is the root's parent elsewhere; 0 without one. */
    public long remoteParentId() {
        return remoteParentId;
    }

    /** Whether the parent is a span of this process whose tree had gone already: then this is a late subsegment. */
    public boolean isFragment() {
        return fragment;
    }

    /** The sampling rule that decided; null if none did. */
    public @Nullable String samplingRule() {
        return samplingRule;
    }

    void user(String newUser) {
        user = newUser;
    }

    /** The user of the request; null when nobody said. */
    public @Nullable String user() {
        return user;
    }

    /** An exception that passes through several spans is copied once, and is the same object in each. */
    @SuppressWarnings("ReferenceEquality") // the same throwable, whatever its class calls equal
    CapturedException captured(Throwable throwable) {
        Seen last = seenLast;
        if (last == null || last.throwable != throwable) {
            seenLast = last = new Seen(throwable, CapturedException.of(throwable));
        }
        return last.captured;
    }

    /** Counts what a large value keeps alive; small ones are in {@link #BYTES_A_SPAN}. Called for few values. */
    void addLargeValue(int bytes) {
        LARGE.getAndAdd(this, bytes);
    }

    /** Fixed with the hand-over: a span that goes on may still be added to, but what was taken in is what is let out. */
    @Override
    public int weight() {
        return weight;
    }
}
