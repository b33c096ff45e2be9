package io.cruddur.obs.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** An exception that is there as text alone, as in an event that came from another process; the bounds are the usual ones. */
final class ProxyCopy {
    private static final int MAX_DEPTH = 10;
    private static final int MAX_TOTAL = 32;
    private static final int MAX_SUPPRESSED = 8;
    private static final int MAX_FRAMES = 256;
    private static final int MAX_MESSAGE_CHARS = 8_192;

    private int left = MAX_TOTAL;

    private ProxyCopy() {}

    static @Nullable CapturedException of(IThrowableProxy proxy) {
        return new ProxyCopy().copy(proxy, 1);
    }

    /** Null for what is too much; one that is its own cause ends so too. */
    private @Nullable CapturedException copy(@Nullable IThrowableProxy proxy, int depth) {
        if (proxy == null || depth > MAX_DEPTH || left == 0) {
            return null;
        }
        left--;
        StackTraceElementProxy[] stack = proxy.getStackTraceElementProxyArray();
        List<StackTraceElement> frames = frames(stack);
        String message = proxy.getMessage();
        return new CapturedException(
                ThreadLocalRandom.current().nextLong(),
                String.valueOf(proxy.getClassName()),
                message == null ? null : CapturedValue.shortened(message, MAX_MESSAGE_CHARS),
                frames,
                stack == null ? 0 : Math.max(0, stack.length - MAX_FRAMES),
                copy(proxy.getCause(), depth + 1),
                suppressed(proxy.getSuppressed(), depth));
    }

    private static List<StackTraceElement> frames(StackTraceElementProxy @Nullable [] stack) {
        var frames = new ArrayList<StackTraceElement>();
        for (int i = 0; stack != null && i < Math.min(stack.length, MAX_FRAMES); i++) {
            if (stack[i] != null) {
                frames.add(stack[i].getStackTraceElement());
            }
        }
        return frames;
    }

    private List<CapturedException> suppressed(IThrowableProxy @Nullable [] all, int depth) {
        var copies = new ArrayList<CapturedException>();
        for (int i = 0; all != null && i < Math.min(all.length, MAX_SUPPRESSED); i++) {
            CapturedException copy = copy(all[i], depth + 1);
            if (copy != null) {
                copies.add(copy);
            }
        }
        return copies;
    }
}
