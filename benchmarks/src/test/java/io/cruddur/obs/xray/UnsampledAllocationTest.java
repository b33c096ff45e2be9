package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class UnsampledAllocationTest {
    @Test
    void anUnsampledRequestAllocatesNoMoreThanItsTarget() throws Exception {
        var peer = new CruddurObs.Unsampled();
        peer.start();
        try {
            Allocation.assertAtMost(Allocation.UNSAMPLED, peer::request);
        } finally {
            peer.stop();
        }
    }
}
