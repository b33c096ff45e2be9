package io.cruddur.obs.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A throwable, copied: no method of the application's class is called after {@link #of} returns.
 *
 * @param type the class name
 * @param message the message, at most 8,192 characters; null if it has none
 * @param frames the stack, innermost first, at most 256 frames
 * @param framesLeftOut frames beyond that
 * @param cause what caused it, up to 10 levels and never in a circle
 */
public record CapturedException(
        String type,
        @Nullable String message,
        List<StackTraceElement> frames,
        int framesLeftOut,
        @Nullable CapturedException cause) {
    private static final int MAX_CAUSES = 10;
    private static final int MAX_FRAMES = 256;
    private static final int MAX_MESSAGE_CHARS = 8_192;

    /** The copy. Never throws, whatever the throwable's own methods do. */
    public static CapturedException of(Throwable throwable) {
        List<Throwable> chain = chain(throwable);
        CapturedException captured = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            captured = capture(chain.get(i), captured);
        }
        return captured == null ? capture(throwable, null) : captured;
    }

    /** This one and its causes, outermost first. */
    public List<CapturedException> chain() {
        var chain = new ArrayList<CapturedException>();
        for (CapturedException e = this; e != null; e = e.cause) {
            chain.add(e);
        }
        return chain;
    }

    /** The text that {@link Throwable#printStackTrace()} would give, but for suppressed exceptions. */
    public String render() {
        var text = new StringBuilder();
        for (CapturedException e : chain()) {
            text.append(text.isEmpty() ? "" : "Caused by: ").append(e.type);
            if (e.message != null) {
                text.append(": ").append(e.message);
            }
            text.append('\n');
            for (StackTraceElement frame : e.frames) {
                text.append("\tat ").append(frame).append('\n');
            }
            if (e.framesLeftOut > 0) {
                text.append("\t... ").append(e.framesLeftOut).append(" more\n");
            }
        }
        return text.toString();
    }

    private static List<Throwable> chain(Throwable first) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var chain = new ArrayList<Throwable>();
        Throwable next = first;
        while (next != null && chain.size() < MAX_CAUSES && seen.add(next)) {
            chain.add(next);
            try {
                next = next.getCause();
            } catch (Throwable e) {
                break;
            }
        }
        return chain;
    }

    private static CapturedException capture(Throwable throwable, @Nullable CapturedException cause) {
        StackTraceElement[] all = stack(throwable);
        int kept = Math.min(all.length, MAX_FRAMES);
        return new CapturedException(
                throwable.getClass().getName(),
                message(throwable),
                Arrays.stream(all, 0, kept).filter(Objects::nonNull).toList(),
                all.length - kept,
                cause);
    }

    // The methods below are the application's: whatever they throw, an Error too, must not take the place of its
    // failure.

    private static @Nullable String message(Throwable throwable) {
        try {
            String message = throwable.getMessage();
            return message == null ? null : CapturedValue.shortened(message, MAX_MESSAGE_CHARS);
        } catch (Throwable e) {
            return "<" + e.getClass().getSimpleName() + " while reading the message>";
        }
    }

    private static StackTraceElement[] stack(Throwable throwable) {
        try {
            StackTraceElement[] stack = throwable.getStackTrace();
            return stack == null ? new StackTraceElement[0] : stack;
        } catch (Throwable e) {
            return new StackTraceElement[0];
        }
    }
}
