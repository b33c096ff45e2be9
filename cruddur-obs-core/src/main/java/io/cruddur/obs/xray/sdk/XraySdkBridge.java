package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.contexts.SegmentContextResolverChain;
import io.cruddur.obs.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets code that is written for the X-Ray SDK take part in the traces of a {@link Tracer}: {@code AWSXRay}'s own methods,
 * and the SDK's instrumentation of JDBC, the AWS SDK and Apache HttpClient. What they begin is a child of our current
 * span, and what begins in it with our own API is its child. Nothing is sent by the SDK.
 *
 * <p>While one is installed the SDK's global recorder is ours. Instrumentation that has kept the recorder of before takes
 * part as well. Of several the one that was installed last has it, and when that is closed, the one before. Thread-safe.
 */
public final class XraySdkBridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(XraySdkBridge.class);

    private static final List<XraySdkBridge> INSTALLED = new ArrayList<>();

    private static volatile @Nullable Tracer active;
    /** Made once: instrumentation keeps it for as long as the process lives. */
    private static volatile @Nullable BridgeRecorder recorder;

    private static @Nullable SegmentContextResolverChain chainBefore;

    private final Tracer tracer;

    private XraySdkBridge(Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Installs it.
     *
     * @param evenIfConfigured whether a global recorder that somebody has configured is replaced, too: one of a class of
     *     its own, with a listener, an origin, runtime context of a plugin, or an emitter or a strategy that is not the
     *     SDK's default. The strategy for a missing context does not count, since it comes from the environment as well.
     * @return null if the recorder was configured and is left alone, or the SDK cannot be used; this is logged
     */
    public static @Nullable XraySdkBridge install(Tracer tracer, boolean evenIfConfigured) {
        synchronized (INSTALLED) {
            try {
                if (INSTALLED.isEmpty() && !take(AWSXRay.getGlobalRecorder(), evenIfConfigured)) {
                    LOG.info("The X-Ray SDK's global recorder was configured, so it is left as it is: what uses it has "
                            + "traces of its own. xraySdkBridge(true) takes it over.");
                    return null;
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("The X-Ray SDK cannot be used, so nothing bridges it: {}", e.toString());
                return null;
            }
            var bridge = new XraySdkBridge(tracer);
            INSTALLED.add(bridge);
            active = tracer;
            return bridge;
        }
    }

    /**
     * Loads the SDK, which takes about 0.3 s once a process, nearly all of it its JSON library: for a thread that has time,
     * so that {@link #install} finds it done.
     */
    public static void warmUp() {
        try {
            AWSXRayRecorder loaded = AWSXRay.getGlobalRecorder();
            LOG.debug("Loaded {}", loaded.getClass());
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The X-Ray SDK cannot be used", e);
        }
    }

    private static boolean take(AWSXRayRecorder global, boolean evenIfConfigured) {
        if (!evenIfConfigured && RecorderSettings.areConfigured(global)) {
            return false;
        }
        OnDemandEmitter.replaceIdle(global);
        BridgeRecorder ours = recorder;
        if (ours == null) {
            recorder = ours = new BridgeRecorder(global);
        }
        ours.standInFor(global);
        chainBefore = global.getSegmentContextResolverChain();
        global.setSegmentContextResolverChain(ours.getSegmentContextResolverChain());
        AWSXRay.setGlobalRecorder(ours);
        return true;
    }

    /** Uninstalls it; the last that goes leaves the SDK with the recorder that it had. A second call does nothing. */
    @Override
    public void close() {
        synchronized (INSTALLED) {
            if (!INSTALLED.remove(this)) {
                return;
            }
            if (!INSTALLED.isEmpty()) {
                active = INSTALLED.get(INSTALLED.size() - 1).tracer;
                return;
            }
            active = null;
            BridgeRecorder ours = recorder;
            if (ours != null) {
                giveBack(ours);
            }
        }
    }

    /** Unless somebody has set another meanwhile. */
    @SuppressWarnings("ReferenceEquality")
    private static void giveBack(BridgeRecorder ours) {
        AWSXRayRecorder before = ours.before();
        OnDemandEmitter.giveBack(before);
        if (chainBefore != null && before.getSegmentContextResolverChain() == ours.getSegmentContextResolverChain()) {
            before.setSegmentContextResolverChain(chainBefore);
        }
        if (AWSXRay.getGlobalRecorder() == ours) {
            AWSXRay.setGlobalRecorder(before);
        }
    }

    /** How the SDK found its context before; only while the bridge is installed. */
    static @Nullable SegmentContextResolverChain chainBefore() {
        return chainBefore;
    }

    /** What our views say made them. */
    static AWSXRayRecorder recorder() {
        BridgeRecorder ours = recorder;
        return ours == null ? AWSXRay.getGlobalRecorder() : ours;
    }

    /** Whose traces the SDK's calls go to; null if nobody's. */
    static @Nullable Tracer tracer() {
        return active;
    }
}
