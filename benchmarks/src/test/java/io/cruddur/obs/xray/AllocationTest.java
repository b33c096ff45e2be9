package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cruddur.obs.CheckedRunnable;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * What recording allocates, asserted: unlike times, bytes are the same on every machine. They are those of the thread
 * that records, once the compiler has done its work.
 */
@NullMarked
class AllocationTest {
    /** Bytes for one operation. */
    private static final int RECORDED = 700;

    private static final int RECORDED_IN_LAMBDAS = 850;
    private static final int UNSAMPLED = 100;
    private static final int UNSAMPLED_IN_LAMBDAS = 200;
    private static final int WRITTEN = 0;

    private static final double SLACK = 1.2;
    private static final int MOST_ROUNDS = 40;
    private static final int OPERATIONS_A_ROUND = 10_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void recording_a_request_allocates_no_more_than_its_target() throws Exception {
        var peer = new CruddurObs.Recorded();
        peer.start();
        try {
            assertAllocates(RECORDED, peer::request);
            assertAllocates(RECORDED_IN_LAMBDAS, peer::requestInLambdas);
        } finally {
            peer.stop();
        }
    }

    @Test
    void an_unsampled_request_allocates_no_more_than_its_target() throws Exception {
        var peer = new CruddurObs.Unsampled();
        peer.start();
        try {
            assertAllocates(UNSAMPLED, peer::request);
            assertAllocates(UNSAMPLED_IN_LAMBDAS, peer::requestInLambdas);
        } finally {
            peer.stop();
        }
    }

    @Test
    void writing_a_finished_request_allocates_no_more_than_its_target() throws Exception {
        var tree = new FinishedTree();
        tree.record();
        assertAllocates(WRITTEN, tree::write);
    }

    /**
     * Fails if no round keeps to the target: the early ones are interpreted, and one in which the compiler swaps code has
     * more than its share.
     */
    private static void assertAllocates(int target, CheckedRunnable<?> operation) throws Exception {
        long thread = Thread.currentThread().getId();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least > target * SLACK; round++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < OPERATIONS_A_ROUND; i++) {
                operation.run();
            }
            long bytes = THREADS.getThreadAllocatedBytes(thread) - before;
            // Whole bytes: the readings themselves may leave a few in a round.
            least = Math.min(least, Math.floor((double) bytes / OPERATIONS_A_ROUND));
        }
        assertThat(least).as("bytes for one operation").isLessThanOrEqualTo(target * SLACK);
    }
}
