package io.cruddur.obs.xray;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class WrittenAllocationTest {
    @Test
    void writing_a_finished_request_allocates_no_more_than_its_target() throws Exception {
        var tree = new FinishedTree();
        tree.record();
        Allocation.assertAtMost(Allocation.WRITTEN, tree::write);
    }
}
