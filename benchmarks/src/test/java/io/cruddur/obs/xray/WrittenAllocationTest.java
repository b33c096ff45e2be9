package io.cruddur.obs.xray;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class WrittenAllocationTest {
    @Test
    void writingAFinishedRequestAllocatesNoMoreThanItsTarget() throws Exception {
        var tree = new FinishedTree();
        tree.record();
        Allocation.assertAtMost(Allocation.WRITTEN, tree::write);
    }
}
