package io.cruddur.obs.benchmarks;

import com.amazonaws.xray.entities.Segment;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Calls of the X-Ray SDK's own API, answered by the SDK and by our bridge to it: the request of P1 and P2, and a segment
 * with nine subsegments in a row.
 */
public class XraySdkCalls extends Measured {
    private static final int SPANS = 10;

    @Benchmark
    public Segment requestBridged(XRaySdk.Bridged peer) {
        return peer.request();
    }

    @Benchmark
    public Segment requestBySdkNotEmitted(XRaySdk.NotEmitted peer) {
        return peer.request();
    }

    @Benchmark
    public Segment requestBySdkUdp(XRaySdk.Udp peer) {
        return peer.request();
    }

    @Benchmark
    public Segment unsampledBridged(XRaySdk.BridgedUnsampled peer) {
        return peer.request();
    }

    @Benchmark
    public Segment unsampledBySdk(XRaySdk.Unsampled peer) {
        return peer.request();
    }

    @Benchmark
    public void subsegmentsBridged(XRaySdk.Bridged peer) {
        peer.tree(SPANS);
    }

    @Benchmark
    public void subsegmentsBySdkNotEmitted(XRaySdk.NotEmitted peer) {
        peer.tree(SPANS);
    }
}
