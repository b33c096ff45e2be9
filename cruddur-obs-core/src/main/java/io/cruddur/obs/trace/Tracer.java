package io.cruddur.obs.trace;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Begins spans, decides what is recorded, and hands finished trees over. Thread-safe. */
public final class Tracer {
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sampler sampler;
    private final SpanFactory spans;
    private final TraceOutput output;
    private final HeaderReader headerReader;
    private final int inboundSampledPerSecond;
    private final Reservoir inbound = new Reservoir();
    private final @Nullable CurrentListener listener;
    private final OpenTrees openTrees;
    private final Queue<Tree> toStream = new ConcurrentLinkedQueue<>();
    private final Adjustments adjustments;
    private final EpochSeconds seconds = new EpochSeconds();
    private long nextSweepNanos = System.nanoTime();
    private volatile boolean closed;

    /**
     * A tracer.
     *
     * @param sampler decides about new traces
     * @param inboundSampledPerSecond how many traces a second a caller may have recorded
     * @param headerReader reads what callers send
     * @param spans makes the span objects
     * @param output takes what is finished
     * @param adjustments counts what cannot be sent as it was said
     * @param listener told of each change of the current span; null for nobody
     */
    public Tracer(
            Sampler sampler,
            int inboundSampledPerSecond,
            HeaderReader headerReader,
            SpanFactory spans,
            TraceOutput output,
            Adjustments adjustments,
            @Nullable CurrentListener listener) {
        this(
                sampler,
                inboundSampledPerSecond,
                headerReader,
                spans,
                output,
                adjustments,
                listener,
                OpenTreeLimits.DEFAULT);
    }

    Tracer(
            Sampler sampler,
            int inboundSampledPerSecond,
            HeaderReader headerReader,
            SpanFactory spans,
            TraceOutput output,
            Adjustments adjustments,
            @Nullable CurrentListener listener,
            OpenTreeLimits limits) {
        this.openTrees = new OpenTrees(limits);
        this.sampler = sampler;
        this.headerReader = headerReader;
        this.inboundSampledPerSecond = inboundSampledPerSecond;
        this.spans = spans;
        this.output = output;
        this.adjustments = adjustments;
        this.listener = listener;
    }

    /** The frame of this tracer that is current on this thread. */
    public @Nullable Frame currentFrame() {
        return Frame.current(this);
    }

    /**
     * Begins a child of the current span, which becomes current.
     *
     * @return null if nothing recorded is current, or no more can be kept
     */
    public @Nullable SpanNode beginChild(Frame frame, String name, Kind kind) {
        if (!(frame instanceof RecordingFrame recording)) {
            return null;
        }
        SpanNode parent = recording.parentOfNext();
        if (parent == null) {
            return null;
        }
        Tree tree = parent.tree;
        if (tree.isOverfull()) {
            adjustments.count(Adjustment.SPAN_DROPPED, name);
            return null;
        }
        SpanNode node = spans.recorded(tree, parent, name, kind);
        if (tree.add(node)) {
            recording.makeCurrent(node);
            currentChanged(true);
            return node;
        }
        Tree late = new Tree(parent);
        late.carry(frame.carried());
        return begin(late, name, kind);
    }

    /** Begins a child of a span that need not be current, and does not become it. */
    public SpanNode beginAside(SpanNode parent, String name, Kind kind) {
        SpanNode node = spans.recorded(parent.tree, parent, name, kind);
        return parent.tree.add(node) ? node : beginAside(new Tree(parent), name, kind);
    }

    /**
     * The same, but for a tree in which no more can be kept.
     *
     * @return null if it is full; this is counted
     */
    public @Nullable SpanNode beginAsideIfRoom(SpanNode parent, String name, Kind kind) {
        if (parent.tree.isOverfull()) {
            adjustments.count(Adjustment.SPAN_DROPPED, name);
            return null;
        }
        return beginAside(parent, name, kind);
    }

    /** Begins a local root that is recorded and does not become current. */
    public SpanNode beginRootAside(
            String name, Kind kind, @Nullable RemoteParent remote, @Nullable String samplingRule) {
        return beginAside(new Tree(this, remote, samplingRule), name, kind);
    }

    /** Begins a subsegment of a segment that another process sends; it does not become current. */
    public SpanNode beginAside(RemoteParent remote, String name, Kind kind) {
        return beginAside(new Tree(this, remote), name, kind);
    }

    private SpanNode beginAside(Tree tree, String name, Kind kind) {
        SpanNode root = spans.recorded(tree, null, name, kind);
        tree.beginAside(root);
        if (!closed) {
            openTrees.opened(tree);
        }
        return root;
    }

    /**
     * Makes the span current on this thread, in place of what this method made current here before; for code that says
     * what is current instead of wrapping its tasks. The span itself stays current even when it has ended, so that what
     * begins late is its child, until this is called again or {@link #leaveSwitched}.
     */
    public void switchTo(SpanNode node) {
        if (Frame.leaveSwitched() instanceof RecordingFrame here && here.holds(node)) {
            here.makeCurrent(node);
        } else {
            new RecordingFrame(node).switchTo();
        }
        currentChanged(false);
    }

    /** The same for what is not recorded. */
    public void switchTo(UnsampledFrame root) {
        Frame here = Frame.leaveSwitched();
        if (here == null || here.unsampledRoot() != root) {
            new Continuation.Borrowed(root).switchTo();
        }
        currentChanged(false);
    }

    /**
     * Makes the span current on this thread until {@link #leave} is called with what this gives, even if it ends before:
     * the scope of another tracing API.
     *
     * @param carried what goes to the next process from there
     */
    public Frame enter(SpanNode node, Carried carried) {
        return entered(new RecordingFrame(node), carried);
    }

    /** The same for a trace that is not recorded. */
    public Frame enter(UnsampledFrame root, Carried carried) {
        return entered(new Continuation.Borrowed(root), carried);
    }

    private Frame entered(Frame frame, Carried carried) {
        boolean sameTrace = isOfTrace(Frame.current(this), frame.traceIdHigh(), frame.traceIdLow());
        frame.carry(carried);
        frame.enter();
        currentChanged(sameTrace);
        return frame;
    }

    /** Makes nothing current on this thread until {@link #leave} is called with what this gives. */
    public Frame enterNothing() {
        return hide(null);
    }

    /** The same, but that {@link #remoteInScope} gives what another process said. */
    public Frame enterRemote(RemoteParent remote) {
        return hide(remote);
    }

    private Frame hide(@Nullable RemoteParent remote) {
        Frame frame = new HidingFrame(remote);
        frame.enter();
        currentChanged(false);
        return frame;
    }

    /** What another API has made current on this thread of another process's trace; null if it has not. */
    public @Nullable RemoteParent remoteInScope() {
        return Frame.current() instanceof HidingFrame hiding ? hiding.remote() : null;
    }

    /**
     * Makes current again what was so before the frame was entered, whatever was entered since; does nothing on another
     * thread, or if it was left before.
     */
    public void leave(Frame frame) {
        Frame before = Frame.current(this);
        long idHigh = before == null ? 0 : before.traceIdHigh();
        long idLow = before == null ? 0 : before.traceIdLow();
        if (frame.leaveIfEntered()) {
            currentChanged(before != null && isOfTrace(Frame.current(this), idHigh, idLow));
        }
    }

    private static boolean isOfTrace(@Nullable Frame frame, long idHigh, long idLow) {
        return frame != null && frame.traceIdHigh() == idHigh && frame.traceIdLow() == idLow;
    }

    /** Makes current again what was so before {@link #switchTo}. */
    public void leaveSwitched() {
        Frame before = Frame.current();
        if (before != Frame.leaveSwitched()) {
            currentChanged(false);
        }
    }

    /** Begins a local root that is recorded; it becomes current. */
    public SpanNode beginRoot(String name, Kind kind, @Nullable RemoteParent remote, @Nullable String samplingRule) {
        return begin(new Tree(this, remote, samplingRule), name, kind);
    }

    /** Begins a subsegment of a segment that somebody else sends; it becomes current. */
    public SpanNode beginUnder(RemoteParent remote, String name, Kind kind) {
        return begin(new Tree(this, remote), name, kind);
    }

    /** Begins a local root that is not recorded; it becomes current. */
    public UnsampledFrame beginUnsampled(@Nullable RemoteParent remote) {
        UnsampledFrame frame = beginUnsampledAside(remote);
        frame.enter();
        currentChanged(false);
        return frame;
    }

    /** The same; it does not become current. */
    public UnsampledFrame beginUnsampledAside(@Nullable RemoteParent remote) {
        if (remote == null) {
            return spans.unsampled(this, Ids.traceIdHigh(seconds.now()), Ids.random());
        }
        UnsampledFrame frame = spans.unsampled(this, remote.traceIdHigh(), remote.traceIdLow());
        frame.carry(remote.carried());
        return frame;
    }

    private SpanNode begin(Tree tree, String name, Kind kind) {
        SpanNode root = spans.recorded(tree, null, name, kind);
        tree.begin(root);
        if (!closed) {
            openTrees.opened(tree);
        }
        currentChanged(false);
        return root;
    }

    /** Tells the listener, if there is one, what is current on this thread after a span of the tree has ended. */
    void spanEnded(Tree tree) {
        if (listener != null) {
            // A child may end after its root, when what was current around both is current again.
            currentChanged(isOfTrace(Frame.current(this), tree.traceIdHigh, tree.traceIdLow));
        }
    }

    /** Tells the listener, if there is one, what is current on this thread now. */
    void currentChanged(boolean sameTrace) {
        CurrentListener told = listener;
        if (told != null) {
            try {
                told.changed(Frame.current(this), sameTrace);
            } catch (Throwable e) {
                adjustments.count(
                        Adjustment.CALLBACK_FAILED, "MDC: " + e.getClass().getName());
            }
        }
    }

    /** Whether a new local root is recorded: as its caller asked, within the cap, else as the sampler says. */
    public SamplingDecision decide(String name, @Nullable RemoteParent remote, @Nullable InboundRequest request) {
        Boolean asked = remote == null ? null : remote.sampled();
        if (asked != null && (!asked || inbound.tryTake(inboundSampledPerSecond, System.nanoTime()))) {
            return SamplingDecision.of(asked);
        }
        try {
            return Objects.requireNonNull(sampler.sample(name, request));
        } catch (Throwable e) {
            adjustments.count(
                    Adjustment.CALLBACK_FAILED, "sampler: " + e.getClass().getName());
            return SamplingDecision.NO;
        }
    }

    /**
     * Reads what a caller sent.
     *
     * @return null if there is nothing, or nothing that is valid
     */
    public @Nullable RemoteParent extract(Function<String, @Nullable String> headers) {
        return headerReader.extract(headers);
    }

    /** Of whose segment all that this process does now is a part; null for nobody's. */
    public @Nullable RemoteParent invocation() {
        return headerReader.invocation();
    }

    /** Counts what could not be sent as it was said. */
    public Adjustments adjustments() {
        return adjustments;
    }

    /** What is current here, to be made current on another thread; null if nothing is. */
    public @Nullable Continuation capture() {
        Frame frame = currentFrame();
        return frame == null ? null : Continuation.of(frame);
    }

    void handOver(TraceRecord record) {
        if (record.tree().isUnwanted()) {
            return;
        }
        output.accept(record);
    }

    /** Asks the sink's worker to take what is complete of a tree that goes on. */
    void requestStream(Tree tree) {
        if (closed) {
            // Nobody may come for it any more.
            return;
        }
        toStream.add(tree);
        output.wake();
    }

    /** By the sink's worker, as often as it looks for work. */
    public void tick() {
        seconds.refresh();
        for (Tree tree = toStream.poll(); tree != null; tree = toStream.poll()) {
            tree.streamFinished();
        }
        long now = System.nanoTime();
        if (now - nextSweepNanos >= 0) {
            nextSweepNanos = now + SWEEP_NANOS;
            Clock.refresh();
            sweep();
        }
    }

    /** Looks after the trees that stay open. */
    void sweep() {
        openTrees.sweep();
    }

    /** The names of local roots that are not handed over, because they or what was begun under them did not end. */
    public List<String> openRoots() {
        return openTrees.open().stream().map(Tree::rootName).toList();
    }

    boolean isClosed() {
        return closed;
    }

    /** From here on a tree goes out with its root, children or not; those that are open go now. */
    public void close() {
        closed = true;
        seconds.stop();
        openTrees.sealAll();
    }
}
