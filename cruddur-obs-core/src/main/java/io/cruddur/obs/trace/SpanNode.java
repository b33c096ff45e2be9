package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A recorded span: plain fields, nothing looked up, nothing locked on the way in. The thread that began it writes
 * attributes straight into an array; what other threads add goes to {@link SpanExtra}, which locks. Ending is
 * idempotent and may come from any thread; what is added after the end is ignored.
 */
public class SpanNode {
    private static final VarHandle END;
    private static final int SLOTS_AN_ATTRIBUTE = 3;
    /** A span with more is a mistake in a loop; the service indexes 50 a trace. */
    private static final int MAX_ATTRIBUTES = 256;

    private static final int LARGE_VALUE = 128;

    static {
        try {
            END = MethodHandles.lookup().findVarHandle(SpanNode.class, "endNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Tree tree;
    final @Nullable SpanNode parent;
    final long id;
    private final String name;
    private final Kind kind;
    private final Thread owner;
    private final long startNanos;
    private volatile long endNanos;

    /** The node begun before this one; after the hand-over, the next sibling. */
    @Nullable SpanNode next;

    @Nullable SpanNode firstChild;

    int index;

    private @Nullable Object @Nullable [] attributes;
    private int slots;
    private volatile @Nullable SpanExtra extra;

    /** A node of the given tree; it is not in the tree before {@link Tree#add}. */
    protected SpanNode(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
        this.tree = tree;
        this.parent = parent;
        this.name = name;
        this.kind = kind;
        this.id = Ids.spanId();
        this.owner = Thread.currentThread();
        this.startNanos = tree.elapsedNanos();
    }

    /** The mark of a sealed tree; never read but by identity. */
    @SuppressWarnings("NullAway")
    SpanNode() {
        this.tree = null;
        this.parent = null;
        this.name = "";
        this.kind = Kind.INTERNAL;
        this.id = 0;
        this.owner = null;
        this.startNanos = 0;
    }

    /** Ends the span, once; a second call does nothing. */
    protected final void end() {
        if (END.compareAndSet(this, 0L, tree.elapsedNanos())) {
            tree.nodeEnded(this);
        }
    }

    /** Stops being current on the calling thread without ending. */
    protected final void leaveThread() {
        Frame.leaveThread(this);
    }

    final boolean hasEnded() {
        return endNanos != 0;
    }

    /** Adds an annotation: text, number or boolean. */
    protected final void putAnnotation(String key, Object value) {
        put(key, value, null);
    }

    /** Adds metadata that is captured already. */
    protected final void putMetadata(String namespace, String key, @Nullable Object captured) {
        put(key, captured, namespace);
    }

    private void put(String key, @Nullable Object value, @Nullable String namespace) {
        if (hasEnded()) {
            return;
        }
        int bytes = CapturedValue.weightOf(value);
        if (bytes > LARGE_VALUE) {
            tree.addLargeValue(bytes);
        }
        if (Thread.currentThread() != owner) {
            extra().addForeign(key, value, namespace);
            return;
        }
        int at = slots;
        @Nullable Object[] array = attributes;
        if (array == null) {
            attributes = array = new Object[2 * SLOTS_AN_ATTRIBUTE];
        } else if (at == array.length) {
            if (at >= MAX_ATTRIBUTES * SLOTS_AN_ATTRIBUTE) {
                return;
            }
            attributes = array = Arrays.copyOf(array, at * 2);
        }
        array[at] = key;
        array[at + 1] = value;
        array[at + 2] = namespace;
        slots = at + SLOTS_AN_ATTRIBUTE;
    }

    /** Records an exception, once however often it is seen on its way, and marks the span as a fault. */
    protected final void putException(Throwable exception) {
        if (!hasEnded()) {
            extra().addException(tree.captured(exception));
        }
    }

    /** Records the request. */
    protected final void putHttpRequest(HttpRequest request) {
        if (!hasEnded()) {
            extra().httpRequest(request);
        }
    }

    /** Records the answer, and marks the span by its status: 429 throttle, other 4xx error, 5xx fault. */
    protected final void putHttpResponse(int status, long contentLength) {
        if (!hasEnded()) {
            extra().httpResponse(status, contentLength);
        }
    }

    private synchronized SpanExtra extra() {
        SpanExtra present = extra;
        if (present == null) {
            extra = present = new SpanExtra();
        }
        return present;
    }

    /** The tree that the span is a part of. */
    public final Tree tree() {
        return tree;
    }

    /** The name that was given; not normalised. */
    public final String name() {
        return name;
    }

    /** What part the span plays. */
    public final Kind kind() {
        return kind;
    }

    /** The span's id. */
    public final long id() {
        return id;
    }

    /** When it began, epoch microseconds. */
    public final long startEpochMicros() {
        return tree.epochMicros(startNanos);
    }

    /** When it ended, epoch microseconds; 0 while it has not. */
    public final long endEpochMicros() {
        long end = endNanos;
        return end == 0 ? 0 : tree.epochMicros(end);
    }

    /** Calls back for each annotation and metadata value, oldest first. */
    public final void forEachAttribute(AttributeVisitor visitor) {
        @Nullable Object[] array = attributes;
        if (array != null) {
            // An unfinished span may still be written by its owner: read no further than the array that is seen here.
            int end = Math.min(slots, array.length);
            for (int i = 0; i < end; i += SLOTS_AN_ATTRIBUTE) {
                if (array[i] instanceof String key) {
                    visitor.visit(key, array[i + 1], (String) array[i + 2]);
                }
            }
        }
        SpanExtra present = extra;
        if (present != null) {
            present.forEachForeign(visitor);
        }
    }

    /** HTTP, exceptions and marks; null when there are none. */
    public final @Nullable SpanExtra extraOrNull() {
        return extra;
    }

    /** The first child, once {@link Tree#linkChildren} was called. */
    public final @Nullable SpanNode firstChild() {
        return firstChild;
    }

    /** The next child of the same parent, once {@link Tree#linkChildren} was called. */
    public final @Nullable SpanNode nextSibling() {
        return next;
    }
}
