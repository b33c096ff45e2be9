package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class UnsampledInLambdasAllocationTest {
    @Test
    void anUnsampledRequestInLambdasAllocatesNoMoreThanItsTarget() throws Exception {
        var peer = new CruddurObs.Unsampled();
        peer.start();
        try {
            Allocation.assertAtMost(Allocation.UNSAMPLED_IN_LAMBDAS, peer::requestInLambdas);
        } finally {
            peer.stop();
        }
    }
}
