package io.cruddur.obs.xray;

import com.amazonaws.xray.entities.Segment;
import io.cruddur.obs.benchmarks.peer.XRaySdk;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same request in the X-Ray SDK's objects. */
@NullMarked
@State(Scope.Benchmark)
public class FinishedSegment {
    private Segment segment;

    @Setup
    public void record() throws IOException {
        var sdk = new XRaySdk.NotEmitted();
        sdk.start();
        segment = sdk.request();
        sdk.stop();
    }

    /** Writes the document, as its emitter does. */
    public String write() {
        return segment.serialize();
    }

    /** The finished segment. */
    public Segment segment() {
        return segment;
    }
}
