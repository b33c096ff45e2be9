package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recorded span: plain fields, nothing looked up, nothing locked on the way in. The thread that began it writes
 * attributes straight into an array; what other threads add goes to {@link SpanExtra}, which locks. Ending is
 * idempotent and may come from any thread; what is added after the end is ignored.
 */
public class SpanNode {
    /** The namespace of metadata that names none. */
    public static final String DEFAULT_NAMESPACE = "default";

    private static final VarHandle END;
    private static final VarHandle COUNT;
    private static final VarHandle OTHERS;
    private static final Kind[] KINDS = Kind.values();
    private static final int INLINE = 2;
    private static final int FIRST_CAPACITY = 2;
    private static final int LARGE_VALUE = 128;

    /** Values of {@link #endNanos} before the end. */
    private static final long OPEN = 0;

    private static final long SENT_OPEN = -1;

    /** Values of {@link #stage}. */
    static final byte LINKED = 0;

    static final byte GONE = 1;
    static final byte UNFINISHED_BELOW = 2;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            END = lookup.findVarHandle(SpanNode.class, "endNanos", long.class);
            COUNT = lookup.findVarHandle(SpanNode.class, "count", byte.class);
            OTHERS = lookup.findVarHandle(SpanNode.class, "others", Object[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Tree tree;
    final @Nullable SpanNode parent;
    final long id;
    /** Read by the sink's worker while another thread may say it anew: it sees the one or the other. */
    private String name;

    private final Thread owner;
    private long startNanos;
    private volatile long endNanos;

    /** The node begun before this one; after the hand-over, the next sibling. */
    @Nullable SpanNode next;

    @Nullable SpanNode firstChild;

    /** How many were begun before it. Not changed once it is in the stack: whoever ends a span may be reading it. */
    int index;

    /** How far the sink's worker has come with it; its alone. */
    byte stage;

    /** Whether what is being written says that it has not ended, whatever has become of it since; the worker's alone. */
    private boolean writtenAsOpen;

    /** The first two attributes have slots of their own, the others an array: key, value, key, value. */
    private @Nullable String key0;

    private @Nullable Object value0;
    private @Nullable String key1;
    private @Nullable Object value1;
    private @Nullable Object @Nullable [] others;

    private int metadataBits;
    private byte count;
    private byte kind;
    private volatile @Nullable SpanExtra extra;

    /** A node of the given tree; it is not in the tree before {@link Tree#add}. */
    @SuppressWarnings("EnumOrdinal") // for as long as the span lives, in this process
    protected SpanNode(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
        this.tree = tree;
        this.parent = parent;
        this.name = name;
        this.kind = (byte) kind.ordinal();
        this.id = Ids.spanId();
        this.owner = Thread.currentThread();
        // The root begins with its tree: one reading of the clock serves both.
        this.startNanos = parent == null ? 1 : tree.elapsedNanos();
    }

    /** Stands in a tree's stack for the nodes that were taken from it. */
    static SpanNode mark(int index) {
        return new SpanNode(index);
    }

    boolean isMark() {
        return owner == null;
    }

    @SuppressWarnings("NullAway")
    private SpanNode(int index) {
        this.index = index;
        this.tree = null;
        this.parent = null;
        this.name = "";
        this.kind = 0;
        this.id = 0;
        this.owner = null;
        this.startNanos = 0;
    }

    /** Ends the span, once; a second call does nothing. */
    public final void end() {
        SpanExtra present = extra;
        if (present != null) {
            present.beforeEnd();
        }
        endAfter(tree.elapsedNanos());
    }

    /** The same for a span whose end was earlier: epoch microseconds, not before the tree's beginning. */
    public final void endAt(long epochMicros) {
        SpanExtra present = extra;
        if (present != null) {
            present.beforeEnd();
        }
        endAfter(Math.max(OPEN + 1, tree.elapsedNanosAt(epochMicros)));
    }

    private void endAfter(long elapsed) {
        if (END.compareAndSet(this, OPEN, elapsed)) {
            tree.nodeEnded(this);
        } else if (END.compareAndSet(this, SENT_OPEN, elapsed)) {
            tree.nodeEndedLate(this);
        } else {
            return;
        }
        tree.tracer.spanEnded(tree);
    }

    /** Says that it began at another time than it was told of: epoch microseconds. */
    public final void startedAt(long epochMicros) {
        if (!hasEnded()) {
            startNanos = tree.beganAt(this, epochMicros) ? 1 : tree.elapsedNanosAt(epochMicros);
        }
    }

    /** What another library knows it by; null where none does. */
    public final @Nullable Attachment attachment() {
        SpanExtra present = extra;
        return present == null ? null : present.attachment();
    }

    /** Attaches what is made of it, unless something is attached already; gives what is attached then. */
    public final Attachment attach(Function<? super SpanNode, ? extends Attachment> made) {
        return extra().attach(this, made);
    }

    /** The same for a span that has just begun, on the thread that began it: nobody else has seen it. */
    public final void attach(Attachment first) {
        extra = new SpanExtra(first);
    }

    /** By the worker: it is about to be sent as it is, unless it has ended. */
    final void leaveOpen() {
        writtenAsOpen = END.compareAndSet(this, OPEN, SENT_OPEN);
    }

    /** By the worker: what it writes next says that this has not ended, or may say that it has. */
    final void writeAsOpen(boolean open) {
        writtenAsOpen = open;
    }

    final long elapsedAtEnd() {
        return endNanos;
    }

    /** Stops being current on the calling thread without ending. */
    public final void leaveThread() {
        Frame.leaveThread(this);
        tree.tracer.currentChanged(false);
    }

    /** Whether it has ended. */
    public final boolean hasEnded() {
        return endNanos > OPEN;
    }

    /** Adds an annotation: text, number or boolean. */
    public final void putAnnotation(String key, Object value) {
        put(key, value, null);
    }

    /** Adds metadata, copied now; what could not be kept as it was is counted. */
    public final void putMetadata(String namespace, String key, @Nullable Object value) {
        if (CapturedValue.isPlain(value)) {
            put(key, value, namespace);
        } else if (!hasEnded()) {
            var changes = new CountedChanges(tree.tracer.adjustments(), key);
            put(key, CapturedValue.of(value, changes), namespace);
        }
    }

    /** Takes what was said before it began; once, before anything else is added. */
    public final void begin(FirstAttributes first) {
        for (int i = 0; i < first.count; i++) {
            weigh(first.array[2 * i + 1] instanceof Namespaced named ? named.value() : first.array[2 * i + 1]);
        }
        for (int i = 0; i < first.count; i++) {
            store(i, (String) first.array[2 * i], first.array[2 * i + 1]);
        }
        metadataBits = first.metadataBits;
        COUNT.setRelease(this, (byte) first.count);
    }

    private void store(int at, String key, @Nullable Object value) {
        if (at == 0) {
            key0 = key;
            value0 = value;
        } else if (at == 1) {
            key1 = key;
            value1 = value;
        } else {
            storeOther(2 * (at - INLINE), key, value);
        }
    }

    private void storeOther(int slot, String key, @Nullable Object value) {
        @Nullable Object[] array = others;
        if (array == null) {
            others = array = new Object[2 * FIRST_CAPACITY];
        } else if (slot == array.length) {
            array = Arrays.copyOf(array, 2 * slot);
            // The sink may be reading: who sees the new array must see what was copied into it.
            OTHERS.setRelease(this, array);
        }
        array[slot] = key;
        array[slot + 1] = value;
    }

    private void weigh(@Nullable Object value) {
        int bytes = CapturedValue.weightOf(value);
        if (bytes > LARGE_VALUE) {
            tree.addLargeValue(bytes);
        }
    }

    private void put(String key, @Nullable Object value, @Nullable String namespace) {
        if (hasEnded()) {
            return;
        }
        weigh(value);
        int at = count;
        if (at == FirstAttributes.MAX || Thread.currentThread() != owner) {
            if (!extra().addMore(key, value, namespace)) {
                tree.tracer.adjustments().count(Adjustment.ATTRIBUTE_DROPPED, key);
            }
            return;
        }
        store(at, key, Namespaced.ifUnusual(namespace, value));
        if (namespace != null) {
            metadataBits |= 1 << at;
        }
        // An unfinished span may be read by the sink: what is counted is there.
        COUNT.setRelease(this, (byte) (at + 1));
    }

    /** Records an exception, once however often it is seen on its way, and marks the span as a fault. */
    public final void putException(Throwable exception) {
        if (!hasEnded()) {
            putException(tree.captured(exception));
            Thrown.in(this, exception);
        }
    }

    /** The exception as the span records it, copied once for all spans of its tree. */
    public final CapturedException captured(Throwable exception) {
        return tree.captured(exception);
    }

    /** The same for one that was copied already. */
    public final void putException(CapturedException captured) {
        if (!hasEnded()) {
            extra().addException(captured);
            tree.addLargeValue(captured.weight());
        }
    }

    /** Records the request. */
    public final void putHttpRequest(HttpRequest request) {
        if (request != null && !hasEnded()) {
            extra().httpRequest(request);
            weigh(request.url());
            weigh(request.userAgent());
        }
    }

    /** Records the answer, and marks the span by its status: 429 throttle, other 4xx error, 5xx fault. */
    public final void putHttpResponse(int status, long contentLength) {
        if (!hasEnded()) {
            extra().httpResponse(status, contentLength);
        }
    }

    /** Records a query. */
    public final void putSql(SqlCall call) {
        if (call != null && !hasEnded()) {
            extra().sql(call.shortened());
            weigh(call.sanitizedQuery());
            weigh(call.url());
        }
    }

    /** Records a call to AWS. */
    public final void putAws(AwsCall call) {
        if (call != null && !hasEnded()) {
            extra().aws(call);
        }
    }

    /** Records the user of the whole request; only segments have one. */
    public final void putUser(String user) {
        if (user != null && !hasEnded()) {
            tree.user(user);
        }
    }

    /** Records that another trace's span has to do with this one. */
    public final void putLink(SpanIds other) {
        if (!hasEnded() && !extra().addLink(other)) {
            tree.tracer.adjustments().count(Adjustment.ATTRIBUTE_DROPPED, "link");
        }
    }

    /** Records that a sibling had to end before this one could begin. */
    public final void putPrecursor(long spanId) {
        if (!hasEnded() && !extra().addPrecursor(spanId)) {
            tree.tracer.adjustments().count(Adjustment.ATTRIBUTE_DROPPED, "precursor");
        }
    }

    /** Says whether it failed, whatever its status and its exceptions say. */
    public final void markFault(boolean fault) {
        if (!hasEnded()) {
            extra().markFault(fault);
        }
    }

    /** Says whether its caller was at fault, whatever its status says. */
    public final void markError(boolean error) {
        if (!hasEnded()) {
            extra().markError(error);
        }
    }

    /** Says whether its caller asked too often, whatever its status says. */
    public final void markThrottle(boolean throttle) {
        if (!hasEnded()) {
            extra().markThrottle(throttle);
        }
    }

    /** Gives it another name than it began with. */
    public final void name(String other) {
        if (other != null && !hasEnded()) {
            name = other;
        }
    }

    /** Says that it plays another part than was known when it began. */
    @SuppressWarnings("EnumOrdinal") // for as long as the span lives, in this process
    public final void kind(Kind other) {
        if (!hasEnded()) {
            kind = (byte) other.ordinal();
        }
    }

    private SpanExtra extra() {
        SpanExtra present = extra;
        return present == null ? newExtra() : present;
    }

    private synchronized SpanExtra newExtra() {
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

    /** The span in this process under which it began; null for a local root. */
    public final @Nullable SpanNode parent() {
        return parent;
    }

    /** The name that was given last; not normalised. */
    public final String name() {
        return name;
    }

    /** What part the span plays. */
    public final Kind kind() {
        return KINDS[kind];
    }

    /** The span's id. */
    public final long id() {
        return id;
    }

    /** When it began, epoch microseconds. */
    public final long startEpochMicros() {
        return tree.epochMicros(startNanos);
    }

    /**
     * When it ended, epoch microseconds; 0 while it has not. To the sink's worker it is 0 as well in a record that was
     * settled before the end: another record follows with the end, and a span must not be sent as complete twice.
     */
    public final long endEpochMicros() {
        long end = endNanos;
        return end <= OPEN || writtenAsOpen ? 0 : tree.epochMicros(end);
    }

    /** How many attributes its own thread gave it; others are in {@link SpanExtra}. Oldest first; a key may stand twice. */
    public final int attributeCount() {
        return (byte) COUNT.getAcquire(this);
    }

    /** The key of an attribute. */
    @SuppressWarnings("NullAway") // what was counted is there
    public final String attributeKey(int at) {
        return switch (at) {
            case 0 -> key0;
            case 1 -> key1;
            default -> (String) others()[2 * (at - INLINE)];
        };
    }

    /** The value of an attribute: a captured value. */
    public final @Nullable Object attributeValue(int at) {
        Object value = stored(at);
        return value instanceof Namespaced named ? named.value() : value;
    }

    /** The namespace of metadata; null for an annotation. */
    public final @Nullable String attributeNamespace(int at) {
        if ((metadataBits & 1 << at) == 0) {
            return null;
        }
        return stored(at) instanceof Namespaced named ? named.namespace() : DEFAULT_NAMESPACE;
    }

    @SuppressWarnings("NullAway") // what was counted is there
    private @Nullable Object stored(int at) {
        return switch (at) {
            case 0 -> value0;
            case 1 -> value1;
            default -> others()[2 * (at - INLINE) + 1];
        };
    }

    private @Nullable Object[] others() {
        return (@Nullable Object[]) OTHERS.getAcquire(this);
    }

    /** What few spans have, and what other threads added; null when there is none. */
    public final @Nullable SpanExtra extraOrNull() {
        return extra;
    }

    /** The first child, once {@link Tree#topmost} was called. */
    public final @Nullable SpanNode firstChild() {
        return firstChild;
    }

    /** Whether an exception went through a child before it came here, once {@link Tree#topmost} was called. */
    public final boolean isFromChild(CapturedException exception) {
        for (SpanNode child = firstChild; child != null; child = child.next) {
            SpanExtra ofChild = child.extra;
            if (ofChild != null && ofChild.holds(exception)) {
                return true;
            }
        }
        return false;
    }

    /** The next child of the same parent, once {@link Tree#topmost} was called. */
    public final @Nullable SpanNode nextSibling() {
        return next;
    }
}
