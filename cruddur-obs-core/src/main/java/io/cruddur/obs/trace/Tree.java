package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A local root and all that was begun under it. It goes to delivery as one unit when everything in it has ended; of a
 * large or long one, what is complete goes before. It is also the frame of the thread that began it.
 *
 * <p>Threads meet only here, in two compare-and-set words: {@code head}, a stack of the nodes begun, each knowing how
 * many came before it; and {@code ended}, how many have ended. Whoever ends a node and finds that all begun have ended
 * seals the stack and hands the tree over, so that happens exactly once and a node is never in two trees. The sink's
 * worker may take the stack meanwhile and leave a mark in its place that goes on counting.
 */
public final class Tree extends RecordingFrame implements TraceRecord {
    private static final VarHandle HEAD;
    private static final VarHandle ENDED;
    private static final VarHandle LARGE;
    private static final SpanNode SEALED = SpanNode.mark(-1);
    /** What a span keeps alive, roughly, with a few annotations. */
    private static final int BYTES_A_SPAN = 256;
    /** Each time as many have ended, the sink's worker is asked to take what is complete. */
    private static final int STREAMED_AT_ONCE = 128;
    /** More than that were never taken: the worker cannot keep up, and the heap is not ours to fill. */
    private static final int MAX_UNSENT = 65_536;

    private static final int MAX_LARGE_BYTES = 1 << 20;
    /** Spans that are still open lie between those that have ended. */
    private static final int MAX_LOOKED_AT = 256;

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

    /** These two as they were when it began, unless somebody who knows better said so before anything was sent. */
    long traceIdHigh;

    long traceIdLow;
    long remoteParentId;
    final boolean fragment;
    private @Nullable String samplingRule;
    /** The only reading of the wall clock; every other time is a distance from it. */
    private long startEpochMicros;

    private long startNanos;

    private volatile @Nullable SpanNode head;

    @SuppressWarnings("UnusedVariable") // read and written through ENDED
    private volatile int ended;

    /** Bytes of large values that were not taken yet. */
    @SuppressWarnings("UnusedVariable") // read and written through LARGE
    private volatile int large;

    /** Set once, by whoever seals, before the tree is handed over. */
    private @Nullable SpanNode newest;

    private int weight;

    private volatile @Nullable TreeExtra extra;

    private volatile boolean streamRequested;
    /** The worker's alone. */
    private byte annotationsSent;

    /** The first span of it, which ends up at the bottom of the stack. */
    private @Nullable SpanNode root;

    /** A local root, of a new trace or of a caller's. */
    Tree(Tracer tracer, @Nullable RemoteParent remote, @Nullable String samplingRule) {
        super(tracer);
        this.startNanos = System.nanoTime();
        this.startEpochMicros = Clock.epochMicros(startNanos);
        if (remote == null) {
            this.traceIdHigh = Ids.traceIdHigh(startEpochMicros / 1_000_000);
            this.traceIdLow = Ids.random();
            this.remoteParentId = 0;
        } else {
            this.traceIdHigh = remote.traceIdHigh();
            this.traceIdLow = remote.traceIdLow();
            this.remoteParentId = remote.parentId();
            carry(remote.carried());
        }
        this.fragment = false;
        this.samplingRule = samplingRule;
    }

    /** Subsegments of a segment that another process sends. */
    Tree(Tracer tracer, RemoteParent remote) {
        super(tracer);
        this.startNanos = System.nanoTime();
        this.startEpochMicros = Clock.epochMicros(startNanos);
        this.traceIdHigh = remote.traceIdHigh();
        this.traceIdLow = remote.traceIdLow();
        this.remoteParentId = remote.parentId();
        carry(remote.carried());
        this.fragment = true;
        this.samplingRule = null;
    }

    /** What begins under a span whose tree has gone: a subsegment of its own. */
    Tree(SpanNode parent) {
        super(parent.tree.tracer);
        this.startNanos = System.nanoTime();
        this.startEpochMicros = Clock.epochMicros(startNanos);
        this.traceIdHigh = parent.tree.traceIdHigh;
        this.traceIdLow = parent.tree.traceIdLow;
        this.remoteParentId = parent.id;
        this.fragment = true;
        this.samplingRule = null;
    }

    /** Begins it with its root, which becomes current. */
    void begin(SpanNode first) {
        beginAside(first);
        makeCurrent(first);
        enter();
    }

    /** Begins it with its root, which does not become current. */
    void beginAside(SpanNode first) {
        root = first;
        head = first;
    }

    /** The first span of it. */
    public @Nullable SpanNode root() {
        return root;
    }

    String rootName() {
        return root == null ? "" : root.name();
    }

    /**
     * With its root the entry is over, whatever was left open in it: else one span that nobody closes would hold its
     * thread for good, and all that begins there later.
     */
    @Override
    boolean isOver() {
        SpanNode first = root;
        return (first != null && first.hasEnded()) || super.isOver();
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

    /** Whether so many spans wait to be taken that no more can be kept. */
    boolean isOverfull() {
        SpanNode seen = head;
        if (seen == null || seen.index < MAX_UNSENT) {
            return false;
        }
        return seen.index - takenCount() >= MAX_UNSENT;
    }

    /** Called once for each node, when it has ended. */
    void nodeEnded(SpanNode node) {
        int endedNow = (int) ENDED.getAndAdd(this, 1) + 1;
        if (node.parent == null) {
            leaveIfOver();
        }
        while (true) {
            SpanNode seen = head;
            if (seen == null || seen == SEALED) {
                return;
            }
            if (endedNow != seen.index + 1) {
                goesOn(node, endedNow);
                return;
            }
            if (seal(seen)) {
                if (node.parent != null) {
                    leaveIfOver();
                }
                return;
            }
        }
    }

    private void goesOn(SpanNode node, int endedNow) {
        if (endedNow % STREAMED_AT_ONCE == 0) {
            requestStream();
        }
        if (node.parent == null && tracer.isClosed()) {
            sealUnfinished();
        }
    }

    /** Called once for a node that was sent as being in progress, when it ends after all. */
    void nodeEndedLate(SpanNode node) {
        leaveIfOver();
        tracer.handOver(new TreePart(this, node, false, false, BYTES_A_SPAN));
    }

    /** Hands the tree over with what has ended in it; for a root, or children, that never end. */
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
        TreeExtra present = extra;
        if (present != null) {
            present.forgetTrail();
        }
        weight = (seen.index + 1 - takenCount()) * BYTES_A_SPAN + (int) LARGE.getVolatile(this);
        tracer.handOver(this);
        return true;
    }

    boolean isSealed() {
        return head == SEALED;
    }

    private void requestStream() {
        if (!streamRequested) {
            streamRequested = true;
            tracer.requestStream(this);
        }
    }

    /** By the worker: hands over what is complete under spans that go on. */
    void streamFinished() {
        if (isSealed()) {
            // All of it is on its way, or was sent: a request may come after that.
            return;
        }
        streamRequested = false;
        SpanNode mine = takeStack();
        TakenSpans before = taken();
        before.link(mine);
        int spans = before.count();
        SpanNode finished = before.removeFinished();
        if (finished != null) {
            int weightOfPart = (before.count() - spans) * BYTES_A_SPAN + (int) LARGE.getAndSet(this, 0);
            tracer.handOver(new TreePart(this, finished, true, false, weightOfPart));
        }
    }

    /** By the worker: says that the root is under way. */
    void sendRootInProgress() {
        SpanNode first = root;
        if (first != null && !first.hasEnded()) {
            tracer.handOver(new TreePart(this, first, false, true, BYTES_A_SPAN));
        }
    }

    /** Takes the nodes begun so far, if there are any, and leaves a mark that keeps their count. */
    private @Nullable SpanNode takeStack() {
        while (true) {
            SpanNode seen = head;
            if (seen == null || seen == SEALED || seen.isMark()) {
                return null;
            }
            if (HEAD.compareAndSet(this, seen, SpanNode.mark(seen.index))) {
                return seen;
            }
        }
    }

    /** How long ago the root ended; 0 while it has not. */
    long nanosSinceRootEnded() {
        SpanNode first = root;
        return first == null || !first.hasEnded() ? 0 : elapsedNanos() - first.elapsedAtEnd();
    }

    /** Nanoseconds since the tree began, plus one: 0 means "not yet" in a node's end. */
    long elapsedNanos() {
        return System.nanoTime() - startNanos + 1;
    }

    /**
     * Says that it began earlier than it was begun here. Only while there is nothing but its root: all other times in it
     * are distances from that.
     *
     * @return whether it is so now
     */
    boolean beganAt(SpanNode span, long epochMicros) {
        if (root != span || head != span || epochMicros >= startEpochMicros) {
            return false;
        }
        startNanos -= (startEpochMicros - epochMicros) * 1_000;
        startEpochMicros = epochMicros;
        return true;
    }

    /** The other way round. */
    long elapsedNanosAt(long epochMicros) {
        return (epochMicros - startEpochMicros) * 1_000 + 1;
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
     * Links each node's children in the order in which they began and returns the root; spans whose parents went before
     * are its siblings. Once, by the sink, for a tree that was handed over: the stack's links are used again for it.
     */
    @Override
    public SpanNode topmost() {
        SpanNode last = newest;
        if (last == null) {
            return taken().rest();
        }
        newest = null;
        if (root != null) {
            root.writeAsOpen(false);
        }
        int begun = last.index + 1;
        if (nothingTaken() && ended == begun) {
            return linkAll(last);
        }
        TakenSpans all = taken();
        all.link(last);
        if (ended < begun) {
            all.leaveOpen();
        }
        return all.rest();
    }

    /** The way of nearly all trees: nothing was taken before, and nothing is open. */
    @SuppressWarnings("NullAway") // the stack ends with the root, which alone has no parent
    private static SpanNode linkAll(SpanNode newest) {
        SpanNode node = newest;
        SpanNode parent = node.parent;
        while (parent != null) {
            SpanNode older = node.next;
            node.next = parent.firstChild;
            parent.firstChild = node;
            node = older;
            parent = node.parent;
        }
        return node;
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

    /** How many annotations earlier records of this tree had: the service takes so many a trace. For the worker. */
    public int annotationsSent() {
        return annotationsSent;
    }

    /** Remembers it for the next record. For the worker. */
    public void annotationsSent(int count) {
        annotationsSent = (byte) count;
    }

    /** The sampling rule that decided; null if none did. */
    public @Nullable String samplingRule() {
        return samplingRule;
    }

    /** Says by which rule it is recorded, if that was found out after it began. */
    public void samplingRule(String rule) {
        samplingRule = rule;
    }

    /** Says that it goes on with a trace, if that was found out after it began; before anything in it has ended. */
    public void continueTrace(long idHigh, long idLow) {
        traceIdHigh = idHigh;
        traceIdLow = idLow;
    }

    /** Says under which span elsewhere it began, if that was found out after it began. */
    public void remoteParentId(long spanId) {
        remoteParentId = spanId;
    }

    /** Says that it is not to be sent after all, or that it is. What has been sent is not taken back. */
    public void unwanted(boolean unwanted) {
        extra().unwanted(unwanted);
    }

    /** Whether it is not to be sent. */
    public boolean isUnwanted() {
        TreeExtra present = extra;
        return present != null && present.isUnwanted();
    }

    /** Says on what kind of resource it was recorded; null for that of the process. */
    public void origin(@Nullable String origin) {
        extra().origin(origin);
    }

    /** The kind of resource, if somebody said so of this tree alone. */
    public @Nullable String origin() {
        TreeExtra present = extra;
        return present == null ? null : present.origin();
    }

    void user(String newUser) {
        extra().user(newUser);
    }

    private TreeExtra extra() {
        TreeExtra present = extra;
        return present == null ? newExtra() : present;
    }

    private synchronized TreeExtra newExtra() {
        TreeExtra present = extra;
        if (present == null) {
            extra = present = new TreeExtra();
        }
        return present;
    }

    private boolean nothingTaken() {
        TreeExtra present = extra;
        return present == null || present.taken() == null;
    }

    private int takenCount() {
        TreeExtra present = extra;
        return present == null ? 0 : present.takenCount();
    }

    private TakenSpans taken() {
        TreeExtra present = extra();
        TakenSpans spans = present.taken();
        if (spans == null) {
            spans = new TakenSpans(root);
            present.taken(spans);
        }
        return spans;
    }

    Trail ownTrail() {
        return extra().trail();
    }

    /**
     * The spans that ended last, newest first, of those that were not taken by the sink's worker: for whoever asks what
     * happened before a failure. It costs the spans themselves nothing. The worker may be linking them anew meanwhile; then
     * some are missing, and none is there twice.
     *
     * @param most how many at most
     */
    public List<SpanNode> recentlyEnded(int most) {
        var ended = new ArrayList<SpanNode>();
        Set<SpanNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        SpanNode node = head;
        while (node != null && !node.isMark() && ended.size() < most && seen.size() < MAX_LOOKED_AT && seen.add(node)) {
            if (node.hasEnded()) {
                ended.add(node);
            }
            node = node.next;
        }
        return ended;
    }

    /** The user of the request; null when nobody said. */
    public @Nullable String user() {
        TreeExtra present = extra;
        return present == null ? null : present.user();
    }

    CapturedException captured(Throwable throwable) {
        return extra().captured(throwable);
    }

    /** Counts what a large value keeps alive; small ones are in {@link #BYTES_A_SPAN}. Called for few values. */
    void addLargeValue(int bytes) {
        int now = (int) LARGE.getAndAdd(this, bytes) + bytes;
        if (now > MAX_LARGE_BYTES) {
            requestStream();
        }
    }

    /** Fixed with the hand-over: a span that goes on may still be added to, but what was taken in is what is let out. */
    @Override
    public int weight() {
        return weight;
    }
}
