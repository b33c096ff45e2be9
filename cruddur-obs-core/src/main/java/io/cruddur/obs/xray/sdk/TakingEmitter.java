package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import io.cruddur.obs.trace.Tracer;

/** Takes what the SDK would send: entities that an application has built by hand, which become spans. Sends nothing. */
final class TakingEmitter extends Emitter {
    private final BridgeRecorder recorder;

    TakingEmitter(BridgeRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public boolean sendSegment(Segment segment) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return recorder.before().getEmitter().sendSegment(segment);
        }
        if (!(segment instanceof EntityView)) {
            HandBuilt.take(tracer, segment);
        }
        return true;
    }

    @Override
    public boolean sendSubsegment(Subsegment subsegment) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return recorder.before().getEmitter().sendSubsegment(subsegment);
        }
        if (!(subsegment instanceof EntityView)) {
            HandBuilt.take(tracer, subsegment);
        }
        return true;
    }
}
