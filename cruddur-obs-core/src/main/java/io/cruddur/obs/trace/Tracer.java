package io.cruddur.obs.trace;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins spans, decides what is recorded, and hands finished trees over. Thread-safe. */
public final class Tracer {
    private static final Logger LOG = LoggerFactory.getLogger(Tracer.class);
    /** How long a tree whose root has ended waits for its children. */
    private static final long PARK_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** More trees than that do not wait at once: the oldest goes as it is. */
    private static final int MAX_PARKED = 10_000;

    private record Parked(Tree tree, long dueNanos) {}

    private final Sampler sampler;
    private final SpanFactory spans;
    private final Consumer<TraceRecord> sink;
    private final InboundCap inboundCap;
    private final HeaderReader headerReader;
    private final Queue<Parked> parked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger parkedCount = new AtomicInteger();
    private final Adjustments adjustments = new Adjustments();
    private volatile boolean closed;

    /**
     * A tracer.
     *
     * @param sampler decides about new traces
     * @param inboundSampledPerSecond how many traces a second a caller may have recorded
     * @param headerReader reads what callers send
     * @param spans makes the span objects
     * @param sink takes finished trees; must not block or throw
     */
    public Tracer(
            Sampler sampler,
            int inboundSampledPerSecond,
            HeaderReader headerReader,
            SpanFactory spans,
            Consumer<TraceRecord> sink) {
        this.sampler = sampler;
        this.inboundCap = new InboundCap(inboundSampledPerSecond);
        this.headerReader = headerReader;
        this.spans = spans;
        this.sink = sink;
    }

    /** The frame of this tracer that is current on this thread. */
    public @Nullable Frame currentFrame() {
        return Frame.current(this);
    }

    /**
     * Begins a child of the current span, which becomes current.
     *
     * @return null if nothing recorded is current
     */
    public @Nullable SpanNode beginChild(Frame frame, String name, Kind kind) {
        if (!(frame instanceof RecordingFrame recording)) {
            return null;
        }
        SpanNode parent = recording.currentNode();
        if (parent == null) {
            return null;
        }
        SpanNode node = spans.recorded(parent.tree, parent, name, kind);
        if (parent.tree.add(node)) {
            recording.makeCurrent(node);
            return node;
        }
        Tree late = new Tree(this, parent.tree.traceIdHigh, parent.tree.traceIdLow, parent.id, true, null);
        late.carry(frame.carried());
        return beginIn(late, name, kind);
    }

    /** Begins a local root that is recorded; it becomes current. */
    public SpanNode beginRoot(String name, Kind kind, @Nullable RemoteParent remote, @Nullable String samplingRule) {
        long parentId = remote == null ? 0 : remote.parentId();
        Tree tree = new Tree(this, idHigh(remote), idLow(remote), parentId, false, samplingRule);
        if (remote != null) {
            tree.carry(remote.carried());
        }
        return beginIn(tree, name, kind);
    }

    /** Begins a local root that is not recorded; it becomes current. */
    public UnsampledFrame beginUnsampled(@Nullable RemoteParent remote) {
        UnsampledFrame frame = spans.unsampled(this, idHigh(remote), idLow(remote));
        if (remote != null) {
            frame.carry(remote.carried());
        }
        return frame;
    }

    private static long idHigh(@Nullable RemoteParent remote) {
        return remote == null ? Ids.traceIdHigh(System.currentTimeMillis() / 1_000) : remote.traceIdHigh();
    }

    private static long idLow(@Nullable RemoteParent remote) {
        return remote == null ? Ids.random() : remote.traceIdLow();
    }

    private SpanNode beginIn(Tree tree, String name, Kind kind) {
        SpanNode root = spans.recorded(tree, null, name, kind);
        tree.add(root);
        tree.enter();
        tree.makeCurrent(root);
        return root;
    }

    /** Whether a new local root is recorded: as its caller asked, within the cap, else as the sampler says. */
    public SamplingDecision decide(String name, @Nullable RemoteParent remote, @Nullable InboundRequest request) {
        Boolean asked = remote == null ? null : remote.sampled();
        if (asked != null && (!asked || inboundCap.tryTake())) {
            return SamplingDecision.of(asked);
        }
        try {
            return sampler.sample(name, request);
        } catch (Throwable e) {
            LOG.debug("The sampler failed; the trace is not recorded", e);
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

    /** Counts what could not be sent as it was said. */
    public Adjustments adjustments() {
        return adjustments;
    }

    /** What is current here, to be made current on another thread; null if nothing is. */
    public @Nullable Continuation capture() {
        Frame frame = currentFrame();
        return frame == null ? null : Continuation.of(frame);
    }

    void handOver(Tree tree) {
        sink.accept(tree);
    }

    void park(Tree tree) {
        parked.add(new Parked(tree, System.nanoTime() + PARK_NANOS));
        if (parkedCount.incrementAndGet() > MAX_PARKED) {
            sealOldest();
        }
        if (closed) {
            sealAll();
        }
    }

    /** Hands over the trees that have waited long enough for their children; called by the sink's worker. */
    public void sealOverdue() {
        long now = System.nanoTime();
        Parked oldest = parked.peek();
        while (oldest != null && (oldest.tree.isSealed() || now - oldest.dueNanos >= 0)) {
            sealOldest();
            oldest = parked.peek();
        }
    }

    /** From here on a tree goes out with its root, children or not; those that wait go now. */
    public void close() {
        closed = true;
        sealAll();
    }

    private void sealAll() {
        boolean more = true;
        while (more) {
            more = sealOldest();
        }
    }

    /** False if none waits. What is taken is sealed by whoever took it, so none is missed between two threads. */
    private boolean sealOldest() {
        Parked oldest = parked.poll();
        if (oldest == null) {
            return false;
        }
        parkedCount.decrementAndGet();
        oldest.tree.sealUnfinished();
        return true;
    }
}
