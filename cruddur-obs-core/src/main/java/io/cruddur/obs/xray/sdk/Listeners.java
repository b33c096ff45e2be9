package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.listeners.SegmentListener;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Tracer;
import java.util.List;
import java.util.function.Consumer;

/** Tells the application's listeners what happens; what they throw is counted and goes no further. */
final class Listeners {
    private Listeners() {}

    static void tell(AWSXRayRecorder recorder, Tracer tracer, Consumer<SegmentListener> what) {
        List<SegmentListener> listeners = recorder.getSegmentListeners();
        if (listeners.isEmpty()) {
            return;
        }
        // A copy: a listener may add another.
        for (SegmentListener listener : listeners.toArray(new SegmentListener[0])) {
            try {
                if (listener != null) {
                    what.accept(listener);
                }
            } catch (Throwable e) {
                tracer.adjustments()
                        .count(
                                Adjustment.CALLBACK_FAILED,
                                "SegmentListener: " + e.getClass().getName());
            }
        }
    }
}
