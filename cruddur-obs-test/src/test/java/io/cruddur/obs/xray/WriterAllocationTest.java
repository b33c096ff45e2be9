package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.xray.Recording.Node;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sink's thread that makes no garbage leaves the collector to the application. */
@Timeout(120)
class WriterAllocationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TREES = 20_000;

    /** What was linked once, to be written again and again. */
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

    private int bytes;

    private static TraceRecord typicalTree() {
        var recording = new Recording();
        Node root = recording.root("request", "Default");
        root.annotate("URI", "/api/activities/home").annotate("user", "andrewbrown");
        Node first = recording.child("first").annotate("n", 1_234L).annotate("d", 12.5);
        Node second = recording.child("second").annotate("b", true).metadata("default", "m", "v");
        Node third = recording.child("third").annotate("k", "ü").metadata("other", "m", 3L);
        third.close();
        second.close();
        first.close();
        root.close();
        TraceRecord record = recording.finish().get(0);
        return new Linked(record.tree(), record.topmost());
    }

    @Test
    void aTypicalTreeIsWrittenWithoutAnObject() throws IOException {
        var writer = new SegmentWriter(SegmentSettings.NONE, new Adjustments(), new Secrets());
        TraceRecord tree = typicalTree();
        DocumentConsumer out = (id, buffer, offset, length) -> bytes += length;
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE.toNanos();
        // The compiler needs a while, and longer where others use the machine; after that it must be nothing.
        while (allocated > TREES && System.nanoTime() - end < 0) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TREES; i++) {
                writer.write(tree, out);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).isNotZero();
        assertThat(allocated / (double) TREES).as("bytes a tree").isLessThanOrEqualTo(1);
    }
}
