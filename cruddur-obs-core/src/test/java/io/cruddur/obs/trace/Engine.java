package io.cruddur.obs.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A tracer whose worker is the test: what was handed over is kept, and nothing is looked after but when it is told to. */
final class Engine implements TraceOutput {
    static final OpenTreeLimits AT_ONCE =
            new OpenTreeLimits(Duration.ZERO, Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1), 1_000);

    final Queue<TraceRecord> handedOver = new ConcurrentLinkedQueue<>();
    final Tracer tracer;

    Engine(OpenTreeLimits limits) {
        tracer = new Tracer(Sampler.always(), 0, headers -> null, new Spans(), this, new Adjustments(), null, limits);
    }

    @Override
    public void accept(TraceRecord record) {
        handedOver.add(record);
    }

    TestSpan begin(String name) {
        Frame frame = tracer.currentFrame();
        SpanNode child = frame == null ? null : tracer.beginChild(frame, name, Kind.INTERNAL);
        return (TestSpan) (child == null ? tracer.beginRoot(name, Kind.INTERNAL, null, null) : child);
    }

    /** Null if there is no room for one. */
    @Nullable SpanNode beginChild(String name) {
        return tracer.beginChild(Objects.requireNonNull(tracer.currentFrame()), name, Kind.INTERNAL);
    }

    /** What is current, for another thread or another time. */
    Continuation handOn() {
        return Objects.requireNonNull(tracer.capture());
    }

    /** What was handed over, each record as {@code name(child, child)}, several topmost spans in brackets. */
    List<String> written() {
        var all = new ArrayList<String>();
        for (TraceRecord record = handedOver.poll(); record != null; record = handedOver.poll()) {
            all.add(written(record));
        }
        return all;
    }

    private static String written(TraceRecord record) {
        var parts = new ArrayList<String>();
        SpanNode top = record.topmost();
        if (!record.withDescendants()) {
            return top.name() + (record.inProgress() ? " in progress" : " alone");
        }
        for (SpanNode each = top; each != null; each = each.nextSibling()) {
            parts.add(written(each));
        }
        return parts.size() == 1 ? parts.get(0) : parts.toString();
    }

    private static String written(SpanNode span) {
        var children = new ArrayList<String>();
        for (SpanNode child = span.firstChild(); child != null; child = child.nextSibling()) {
            children.add(written(child));
        }
        String name = span.endEpochMicros() == 0 ? span.name() + '?' : span.name();
        return children.isEmpty() ? name : name + '(' + String.join(", ", children) + ')';
    }

    static final class TestSpan extends SpanNode {
        TestSpan(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            super(tree, parent, name, kind);
        }

        void close() {
            end();
        }
    }

    private static final class Spans implements SpanFactory {
        @Override
        public SpanNode recorded(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            return new TestSpan(tree, parent, name, kind);
        }

        @Override
        public UnsampledFrame unsampled(Tracer tracer, long traceIdHigh, long traceIdLow) {
            return new UnsampledFrame(tracer, traceIdHigh, traceIdLow);
        }
    }
}
