package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cruddur.obs.CheckedRunnable;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.NullMarked;

/**
 * The targets in bytes for one operation, and how they are asserted: those that the calling thread allocates, once the
 * compiler has done its work. They are the same on every machine, but not in every JVM: what a compiler in the background
 * sees first, and what else ran, decides what it spares. So each case has a JVM of its own, which compiles in the
 * foreground; the pom says so.
 */
@NullMarked
final class Allocation {
    static final int RECORDED = 700;
    static final int RECORDED_IN_LAMBDAS = 850;
    static final int LOG_CALL = 300;
    static final int UNSAMPLED = 100;
    static final int UNSAMPLED_IN_LAMBDAS = 200;

    private static final double SLACK = 1.2;
    private static final int MOST_ROUNDS = 40;
    private static final int OPERATIONS_A_ROUND = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Fails if no round keeps to the target: the early ones are interpreted. */
    static void assertAtMost(int target, CheckedRunnable<?> operation) throws Exception {
        assertThat(least(target * SLACK, operation))
                .as("bytes for one operation")
                .isLessThanOrEqualTo(target * SLACK);
    }

    /** The same for what it allocates above a base line. */
    static void assertAtMostAbove(double base, int target, CheckedRunnable<?> operation) throws Exception {
        assertThat(least(base + target, operation) - base)
                .as("bytes for one operation, above the %s of the base line", base)
                .isLessThanOrEqualTo(target * SLACK);
    }

    /** Bytes for one operation in the best of all rounds. */
    static double least(CheckedRunnable<?> operation) throws Exception {
        return least(0, operation);
    }

    /** Bytes for one operation in the best round; stops as soon as one is good enough. */
    private static double least(double enough, CheckedRunnable<?> operation) throws Exception {
        long thread = Thread.currentThread().getId();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least > enough; round++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < OPERATIONS_A_ROUND; i++) {
                operation.run();
            }
            long bytes = THREADS.getThreadAllocatedBytes(thread) - before;
            // Whole bytes: the readings themselves may leave a few in a round.
            least = Math.min(least, Math.floor((double) bytes / OPERATIONS_A_ROUND));
        }
        return least;
    }
}
