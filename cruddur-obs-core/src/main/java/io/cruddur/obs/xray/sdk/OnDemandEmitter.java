package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.emitters.UDPEmitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.DatagramSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SDK's own emitter, with a socket from when there is something to send: the SDK opens one with each recorder, and
 * loading its classes makes a recorder. While the bridge is installed nothing is sent with it; after that it is as ever.
 */
final class OnDemandEmitter extends Emitter {
    private static final Logger LOG = LoggerFactory.getLogger(OnDemandEmitter.class);

    private @Nullable Emitter opened;

    /** Takes the socket from a recorder with the SDK's default emitter. */
    @SuppressWarnings("deprecation") // the SDK's own default
    static void replaceIdle(AWSXRayRecorder recorder) {
        Emitter emitter = recorder.getEmitter();
        if (emitter.getClass() == UDPEmitter.class && closeSocket(emitter)) {
            recorder.setEmitter(new OnDemandEmitter());
        }
    }

    /** Leaves nothing of ours where the SDK stays and we go. */
    static void giveBack(AWSXRayRecorder recorder) {
        boolean sdkStays = AWSXRayRecorder.class.getClassLoader() != OnDemandEmitter.class.getClassLoader();
        if (sdkStays && recorder.getEmitter() instanceof OnDemandEmitter ours) {
            Emitter own = ours.open();
            if (own != null) {
                recorder.setEmitter(own);
            }
        }
    }

    /** The SDK has no way to say so; where its field cannot be reached the socket stays, idle. */
    static boolean closeSocket(Emitter emitter) {
        try {
            Field socket = emitter.getClass().getDeclaredField("daemonSocket");
            socket.setAccessible(true);
            if (socket.get(emitter) instanceof DatagramSocket open) {
                open.close();
                return true;
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("The X-Ray SDK's idle socket stays open", e);
        }
        return false;
    }

    @Override
    public boolean sendSegment(Segment segment) {
        Emitter emitter = open();
        return emitter != null && emitter.sendSegment(segment);
    }

    @Override
    public boolean sendSubsegment(Subsegment subsegment) {
        Emitter emitter = open();
        return emitter != null && emitter.sendSubsegment(subsegment);
    }

    private synchronized @Nullable Emitter open() {
        if (opened == null) {
            try {
                opened = Emitter.create();
            } catch (IOException e) {
                LOG.warn("The X-Ray SDK cannot open its socket: {}", e.toString());
            }
        }
        return opened;
    }
}
