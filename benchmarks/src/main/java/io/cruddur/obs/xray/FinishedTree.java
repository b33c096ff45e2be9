package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.trace.Rewind;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tree;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The tree of one request, finished, to be written over and over. The one place that knows the writer. */
@NullMarked
@State(Scope.Benchmark)
public class FinishedTree {
    private final SegmentWriter writer = new SegmentWriter();
    private Tree tree;
    private Rewind rewind;

    @Setup
    public void record() throws IOException {
        var ours = new CruddurObs.Recorded();
        ours.start();
        var root = (SpanNode) ours.request();
        // Once its sink has sent it, nobody else reads the tree.
        ours.obs().flush(Duration.ofSeconds(10));
        ours.stop();
        tree = root.tree();
        rewind = new Rewind(root);
    }

    /** Writes the document. */
    public byte[] write() {
        rewind.run();
        return writer.write(tree);
    }
}
