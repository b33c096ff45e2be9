package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * In which span an exception was recorded, for whoever gets it when that span has ended: a scheduler's handler of errors, or
 * a thread's. By identity, for the process, the latest few of them, held weakly. Thread-safe.
 *
 * @param ids the innermost span
 * @param sampled whether its trace is recorded
 */
public record Thrown(SpanIds ids, boolean sampled) {
    private static final int SLOTS = 256;
    /** Causes may go round in a circle. */
    private static final int MAX_CAUSES = 16;

    private static final AtomicReferenceArray<@Nullable Entry> TABLE = new AtomicReferenceArray<>(SLOTS);

    private static final class Entry extends WeakReference<Throwable> {
        private final Thrown thrown;

        Entry(Throwable exception, Thrown thrown) {
            super(exception);
            this.thrown = thrown;
        }
    }

    static void in(SpanNode span, Throwable exception) {
        Tree tree = span.tree();
        Thrown known = find(exception);
        if (known == null || known.ids.traceIdHigh() != tree.idHigh() || known.ids.traceIdLow() != tree.idLow()) {
            var ids = new SpanIds(tree.idHigh(), tree.idLow(), span.id());
            TABLE.set(slot(exception), new Entry(exception, new Thrown(ids, !tree.isUnwanted())));
        }
    }

    /** Where it was, or what it was caused by; null if no span has it. */
    public static @Nullable Thrown of(Throwable exception) {
        Throwable cause = exception;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            Thrown known = find(cause);
            if (known != null) {
                return known;
            }
            cause = CapturedException.cause(cause);
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the same exception, whatever its class calls equal
    private static @Nullable Thrown find(Throwable exception) {
        Entry entry = TABLE.get(slot(exception));
        return entry != null && entry.get() == exception ? entry.thrown : null;
    }

    private static int slot(Throwable exception) {
        return System.identityHashCode(exception) & (SLOTS - 1);
    }
}
