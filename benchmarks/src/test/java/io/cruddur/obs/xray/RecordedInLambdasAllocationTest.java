package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.peer.CruddurObs;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class RecordedInLambdasAllocationTest {
    @Test
    void recordingARequestInLambdasAllocatesNoMoreThanItsTarget() throws Exception {
        var peer = new CruddurObs.Recorded();
        peer.start();
        try {
            Allocation.assertAtMost(Allocation.RECORDED_IN_LAMBDAS, peer::requestInLambdas);
        } finally {
            peer.stop();
        }
    }
}
