package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The tree of one request, finished, to be written over and over. The one place that knows the writer. */
@NullMarked
@State(Scope.Benchmark)
public class FinishedTree {
    private final SegmentWriter writer = new SegmentWriter(SegmentSettings.NONE, new Adjustments(), new Secrets());
    private final DocumentConsumer nowhere = (id, buffer, offset, length) -> {};
    private TraceRecord record;

    /** A tree whose children are linked already; the tree itself does that once, for its sink. */
    private record Linked(Tree tree, SpanNode topmost) implements TraceRecord {
        @Override
        public boolean withDescendants() {
            return true;
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    @Setup
    public void record() throws IOException {
        var ours = new CruddurObs.Recorded();
        ours.start();
        var root = (SpanNode) ours.request();
        // Once its sink has sent it, nobody else reads the tree.
        ours.obs().flush(Duration.ofSeconds(10));
        ours.stop();
        record = new Linked(root.tree(), root);
    }

    /** Writes the document into the writer's own buffer; gives the number of documents. */
    public int write() throws IOException {
        return writer.write(record, nowhere);
    }

    /** Writes the document and hands it on. */
    int write(DocumentConsumer out) throws IOException {
        return writer.write(record, out);
    }

    /** What a sink that keeps documents until they are acknowledged makes of it. */
    void encode(TraceSegmentsSink sink, Consumer<EncodedRecord> out) {
        sink.encode(record, out);
    }

    /** The document for keeps. */
    byte[] document() throws IOException {
        var copy = new ByteArrayOutputStream();
        write((id, buffer, offset, length) -> copy.write(buffer, offset, length));
        return copy.toByteArray();
    }
}
