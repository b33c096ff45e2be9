package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.contexts.LambdaSegmentContext;
import com.amazonaws.xray.contexts.SegmentContext;
import com.amazonaws.xray.contexts.ThreadLocalSegmentContext;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.emitters.UDPEmitter;
import com.amazonaws.xray.strategy.DefaultPrioritizationStrategy;
import com.amazonaws.xray.strategy.DefaultStreamingStrategy;
import com.amazonaws.xray.strategy.DefaultThrowableSerializationStrategy;
import com.amazonaws.xray.strategy.sampling.DefaultSamplingStrategy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a recorder that somebody has configured from the one that the SDK makes for itself. */
final class RecorderSettings {
    /** What the SDK says of itself in every segment. */
    private static final Set<String> OWN_CONTEXT = Set.of("xray");

    private RecorderSettings() {}

    @SuppressWarnings("deprecation") // the SDK's own default
    static boolean areConfigured(AWSXRayRecorder recorder) {
        Emitter emitter = recorder.getEmitter();
        return !is(recorder, AWSXRayRecorder.class)
                || !(is(emitter, UDPEmitter.class) || is(emitter, OnDemandEmitter.class))
                || !is(recorder.getSamplingStrategy(), DefaultSamplingStrategy.class)
                || !is(recorder.getStreamingStrategy(), DefaultStreamingStrategy.class)
                || !is(recorder.getPrioritizationStrategy(), DefaultPrioritizationStrategy.class)
                || !is(recorder.getThrowableSerializationStrategy(), DefaultThrowableSerializationStrategy.class)
                || !recorder.getSegmentListeners().isEmpty()
                || recorder.getOrigin() != null
                || !OWN_CONTEXT.containsAll(recorder.getAwsRuntimeContext().keySet())
                || hasContextOfItsOwn(recorder);
    }

    private static boolean hasContextOfItsOwn(AWSXRayRecorder recorder) {
        SegmentContext context = recorder.getSegmentContextResolverChain().resolve();
        return !is(context, ThreadLocalSegmentContext.class) && !is(context, LambdaSegmentContext.class);
    }

    private static boolean is(@Nullable Object part, Class<?> type) {
        return part != null && part.getClass() == type;
    }
}
