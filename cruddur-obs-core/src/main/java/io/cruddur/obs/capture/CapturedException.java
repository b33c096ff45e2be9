package io.cruddur.obs.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A throwable, copied: no method of the application's class is called after {@link #of} returns.
 *
 * @param id tells it from others wherever it is written
 * @param type the class name
 * @param message the message, at most 8,192 characters; null if it has none
 * @param frames the stack, innermost first, at most 256 frames
 * @param framesLeftOut frames beyond that
 * @param cause what caused it, up to 10 levels and never in a circle
 * @param suppressed what was suppressed for it, at most 8
 */
public record CapturedException(
        long id,
        String type,
        @Nullable String message,
        List<StackTraceElement> frames,
        int framesLeftOut,
        @Nullable CapturedException cause,
        List<CapturedException> suppressed) {
    private static final int BYTES_A_FRAME = 64;
    private static final int MAX_DEPTH = 10;
    private static final int MAX_SUPPRESSED = 8;
    private static final int MAX_TOTAL = 32;
    private static final int MAX_FRAMES = 256;
    private static final int MAX_MESSAGE_CHARS = 8_192;

    /** The copy, with at most 32 causes and suppressed ones in all. Never throws, whatever the throwable's own methods do. */
    public static CapturedException of(Throwable throwable) {
        return capture(throwable, 1, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /**
     * The throwable's type, and its message if that is the JDK's own: cheap, for one of which there are too many to look at
     * each. Never throws.
     */
    public static CapturedException withoutStack(Throwable throwable) {
        return new CapturedException(
                ThreadLocalRandom.current().nextLong(),
                throwable.getClass().getName(),
                shortened(Messages.ifPlain(throwable)),
                List.of(),
                0,
                null,
                List.of());
    }

    /** This one and its causes, outermost first. */
    public List<CapturedException> chain() {
        var chain = new ArrayList<CapturedException>();
        for (CapturedException e = this; e != null; e = e.cause) {
            chain.add(e);
        }
        return chain;
    }

    /** The {@link #chain}, and behind it what was suppressed for each of it, with its causes in turn. */
    public List<CapturedException> all() {
        List<CapturedException> all = chain();
        for (CapturedException e : chain()) {
            e.suppressed.forEach(other -> all.addAll(other.all()));
        }
        return all;
    }

    /** An estimate of the bytes that it and what it came from keep alive. */
    public int weight() {
        int weight = 0;
        for (CapturedException e : all()) {
            weight += 128 + BYTES_A_FRAME * e.frames.size() + (e.message == null ? 0 : 2 * e.message.length());
        }
        return weight;
    }

    private static CapturedException capture(Throwable throwable, int depth, Set<Throwable> seen) {
        seen.add(throwable);
        StackTraceElement[] all = stack(throwable);
        int kept = Math.min(all.length, MAX_FRAMES);
        return new CapturedException(
                ThreadLocalRandom.current().nextLong(),
                throwable.getClass().getName(),
                message(throwable),
                frames(all, kept),
                all.length - kept,
                captureCause(throwable, depth, seen),
                captureSuppressed(throwable, depth, seen));
    }

    /** A copy: what a method of the application's returned may be its own array still. */
    private static List<StackTraceElement> frames(StackTraceElement[] all, int kept) {
        StackTraceElement[] frames = Arrays.copyOf(all, kept);
        for (StackTraceElement frame : frames) {
            if (frame == null) {
                return Arrays.stream(frames).filter(Objects::nonNull).toList();
            }
        }
        return Collections.unmodifiableList(Arrays.asList(frames));
    }

    private static @Nullable CapturedException captureCause(Throwable throwable, int depth, Set<Throwable> seen) {
        Throwable cause = cause(throwable);
        return cause == null || !mayAdd(cause, depth, seen) ? null : capture(cause, depth + 1, seen);
    }

    private static List<CapturedException> captureSuppressed(Throwable throwable, int depth, Set<Throwable> seen) {
        Throwable[] suppressed = throwable.getSuppressed();
        if (suppressed.length == 0) {
            return List.of();
        }
        var captured = new ArrayList<CapturedException>();
        for (Throwable other : suppressed) {
            if (captured.size() < MAX_SUPPRESSED && mayAdd(other, depth, seen)) {
                captured.add(capture(other, depth + 1, seen));
            }
        }
        return Collections.unmodifiableList(captured);
    }

    private static boolean mayAdd(Throwable other, int depth, Set<Throwable> seen) {
        return depth < MAX_DEPTH && seen.size() < MAX_TOTAL && !seen.contains(other);
    }

    // The methods below are the application's: whatever they throw, an Error too, must not take the place of its
    // failure.

    /** What caused it; null if nothing did or its class does not say. Never throws. */
    public static @Nullable Throwable cause(Throwable throwable) {
        try {
            return throwable.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    private static @Nullable String message(Throwable throwable) {
        return shortened(Messages.of(throwable));
    }

    private static @Nullable String shortened(@Nullable String message) {
        return message == null ? null : CapturedValue.shortened(message, MAX_MESSAGE_CHARS);
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
