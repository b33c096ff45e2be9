package io.cruddur.obs.error;

import io.cruddur.obs.capture.CapturedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what errors are told apart when there are many: which of them are the same one again. Not sent: how a receiver groups
 * is its own business.
 */
public final class ErrorKeys {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final int MAX_FRAMES = 16;
    private static final int MAX_CAUSES = 4;
    private static final int MAX_CHARS = 512;

    private ErrorKeys() {}

    /** Types and places of an exception and its causes, without their messages. */
    public static long of(CapturedException exception) {
        long hash = FNV_OFFSET;
        for (CapturedException e : exception.chain()) {
            hash = with(hash, e.type());
            List<StackTraceElement> frames = e.frames();
            for (int i = 0; i < Math.min(MAX_FRAMES, frames.size()); i++) {
                StackTraceElement frame = frames.get(i);
                hash = with(with(hash, frame.getClassName()), frame.getMethodName());
                hash = (hash ^ frame.getLineNumber()) * FNV_PRIME;
            }
        }
        return hash;
    }

    /** A text, in which one number is as good as another. */
    public static long ofMessage(String level, String text) {
        long hash = with(FNV_OFFSET, level);
        boolean inNumber = false;
        for (int i = 0; i < Math.min(MAX_CHARS, text.length()); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit || !inNumber) {
                hash = (hash ^ (digit ? '0' : c)) * FNV_PRIME;
            }
            inNumber = digit;
        }
        return hash;
    }

    /** What the application itself says is one group. */
    public static long ofFingerprint(String fingerprint) {
        return with(~FNV_OFFSET, fingerprint);
    }

    /** What is known of a throwable without looking at its stack, which costs more than all the rest: its type and its causes'. */
    public static long kindOf(Throwable throwable) {
        long kind = throwable.getClass().hashCode();
        Throwable each = CapturedException.cause(throwable);
        for (int i = 0; i < MAX_CAUSES && each != null; i++) {
            kind = 31 * kind + each.getClass().hashCode();
            each = CapturedException.cause(each);
        }
        return kind;
    }

    private static long with(long before, @Nullable String text) {
        long hash = before;
        for (int i = 0; text != null && i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ '\n') * FNV_PRIME;
    }
}
