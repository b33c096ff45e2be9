package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.strategy.sampling.SamplingRequest;
import com.amazonaws.xray.strategy.sampling.SamplingResponse;
import com.amazonaws.xray.strategy.sampling.SamplingStrategy;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.SamplingDecision;
import io.cruddur.obs.trace.Tracer;
import org.jspecify.annotations.Nullable;

/** Decides as our sampler does, for code that asks the SDK's recorder: its servlet filter, for one. No poller starts. */
final class TracerDecisions implements SamplingStrategy {
    private final BridgeRecorder recorder;

    TracerDecisions(BridgeRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public SamplingResponse shouldTrace(SamplingRequest request) {
        Tracer tracer = XraySdkBridge.tracer();
        if (tracer == null) {
            return recorder.before().getSamplingStrategy().shouldTrace(request);
        }
        SamplingDecision decision = tracer.decide(request.getService().orElse(""), null, new Asked(request));
        return new SamplingResponse(decision.sampled(), decision.rule());
    }

    @Override
    public boolean isForcedSamplingSupported() {
        return false;
    }

    private record Asked(SamplingRequest request) implements InboundRequest {
        @Override
        public @Nullable String host() {
            return request.getHost().orElse(null);
        }

        @Override
        public @Nullable String method() {
            return request.getMethod().orElse(null);
        }

        @Override
        public @Nullable String path() {
            return request.getUrl().orElse(null);
        }
    }
}
