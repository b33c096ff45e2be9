package io.cruddur.obs.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A tree with a root that two threads are about to disagree over, and a count of what was handed over of it. */
class Trial {
    private static final Map<Tree, Queue<TraceRecord>> HANDED_OVER = new ConcurrentHashMap<>();
    private static final Tracer TRACER =
            new Tracer(Sampler.always(), 0, headers -> null, new Spans(), Trial::accept, new Adjustments(), null);

    final Tree tree = new Tree(TRACER, null, null);
    final Span root = new Span(tree, null);
    private final Queue<TraceRecord> records = new ConcurrentLinkedQueue<>();
    private final List<SpanNode> complete = new ArrayList<>();
    private final List<SpanNode> open = new ArrayList<>();

    Trial() {
        HANDED_OVER.put(tree, records);
        tree.begin(root);
        // The thread that prepares the trials is none of those that act in them.
        Frame.leaveThread(root);
    }

    private static void accept(TraceRecord record) {
        Queue<TraceRecord> records = HANDED_OVER.get(record.tree());
        if (records != null) {
            records.add(record);
        }
    }

    /** A child that has begun in the tree; null if the tree had gone, and it would get one of its own. */
    final @Nullable Span child() {
        var child = new Span(tree, root);
        return tree.add(child) ? child : null;
    }

    /** As the sink's worker does: reads what was handed over, and how much of it is said to be complete. */
    final void drain() {
        for (TraceRecord record = records.poll(); record != null; record = records.poll()) {
            SpanNode top = record.topmost();
            for (SpanNode each = top; each != null; each = record.withDescendants() ? each.nextSibling() : null) {
                count(each, record.withDescendants());
            }
        }
    }

    private void count(SpanNode span, boolean withDescendants) {
        (span.endEpochMicros() == 0 ? open : complete).add(span);
        if (withDescendants) {
            for (SpanNode child = span.firstChild(); child != null; child = child.nextSibling()) {
                count(child, true);
            }
        }
    }

    /** Drains for the last time. */
    final String outcome(SpanNode... spans) {
        drain();
        HANDED_OVER.remove(tree);
        if (!tree.isSealed()) {
            return "not handed over";
        }
        for (SpanNode span : spans) {
            long times = complete.stream().filter(each -> each == span).count();
            if (times != 1) {
                return (span == root ? "root" : "child") + " complete " + times + " times";
            }
        }
        if (complete.size() != spans.length) {
            return complete.size() + " spans";
        }
        return open.isEmpty() ? "each once" : "each once, some open before";
    }

    static final class Span extends SpanNode {
        Span(Tree tree, @Nullable SpanNode parent) {
            super(tree, parent, "span", Kind.INTERNAL);
        }

        void close() {
            end();
        }
    }

    private static final class Spans implements SpanFactory {
        @Override
        public SpanNode recorded(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            return new Span(tree, parent);
        }

        @Override
        public UnsampledFrame unsampled(Tracer tracer, long traceIdHigh, long traceIdLow) {
            return new UnsampledFrame(tracer, traceIdHigh, traceIdLow);
        }
    }
}
