package io.cruddur.obs.log;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.trace.Ids;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An exception as text: as it is printed, but that runs of frames which only say how a method was reached are one line,
 * and that it has a bound. Immutable.
 */
final class StackText {
    private static final int MAX_CHARS = 131_072;
    private static final String GENERATED = "generated classes";
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final List<String> folded;
    private final boolean rootCauseFirst;
    private final UnaryOperator<String> texts;

    /** As it is logged, with what is in its messages. */
    StackText(List<String> folded, boolean rootCauseFirst) {
        this(folded, rootCauseFirst, UnaryOperator.identity());
    }

    /**
     * As it is logged.
     *
     * @param texts makes a type with its message, or a frame, what is written
     */
    StackText(List<String> folded, boolean rootCauseFirst, UnaryOperator<String> texts) {
        this.folded = folded;
        this.rootCauseFirst = rootCauseFirst;
        this.texts = texts;
    }

    String render(CapturedException exception) {
        var text = new StringBuilder(2_048);
        if (rootCauseFirst) {
            renderRootFirst(text, exception, null, "");
        } else {
            render(text, exception, null, "", "");
        }
        text.setLength(text.length() - 1);
        return text.toString();
    }

    private void render(
            StringBuilder text,
            CapturedException exception,
            @Nullable CapturedException enclosing,
            String indent,
            String caption) {
        one(text, exception, enclosing, indent, caption);
        CapturedException cause = exception.cause();
        if (cause != null) {
            render(text, cause, exception, indent, "Caused by: ");
        }
    }

    private void renderRootFirst(
            StringBuilder text, CapturedException exception, @Nullable CapturedException enclosing, String indent) {
        CapturedException cause = exception.cause();
        if (cause != null) {
            renderRootFirst(text, cause, exception, indent);
        }
        one(text, exception, enclosing, indent, cause == null ? "" : "Wrapped by: ");
    }

    private void one(
            StringBuilder text,
            CapturedException exception,
            @Nullable CapturedException enclosing,
            String indent,
            String caption) {
        if (text.length() > MAX_CHARS) {
            return;
        }
        String message = exception.message();
        String said = message == null ? exception.type() : exception.type() + ": " + message;
        text.append(indent).append(caption).append(texts.apply(said)).append('\n');
        int common = enclosing == null ? 0 : common(exception, enclosing);
        frames(text, exception.frames(), exception.frames().size() - common, indent);
        if (common > 0) {
            text.append(indent).append("\t... ").append(common).append(" more\n");
        } else if (exception.framesLeftOut() > 0) {
            text.append(indent)
                    .append("\t... ")
                    .append(exception.framesLeftOut())
                    .append(" frames left out\n");
        }
        for (CapturedException other : exception.suppressed()) {
            render(text, other, exception, indent + '\t', "Suppressed: ");
        }
    }

    private void frames(StringBuilder text, List<StackTraceElement> frames, int end, String indent) {
        for (int i = 0; i < end; i++) {
            if (text.length() > MAX_CHARS) {
                text.append(indent)
                        .append("\t... cut here: longer than ")
                        .append(MAX_CHARS)
                        .append(" characters\n");
                return;
            }
            // The frame that threw is never folded, and one frame alone takes no more room than a word about it.
            int run = i == 0 ? 0 : run(frames, i, end);
            if (run > 1) {
                foldedRun(text, frames.subList(i, i + run), indent);
                i += run - 1;
            } else {
                text.append(indent)
                        .append("\tat ")
                        .append(texts.apply(frames.get(i).toString()))
                        .append('\n');
            }
        }
    }

    private int run(List<StackTraceElement> frames, int from, int end) {
        int i = from;
        while (i < end && fold(frames.get(i)) != null) {
            i++;
        }
        return i - from;
    }

    private void foldedRun(StringBuilder text, List<StackTraceElement> run, String indent) {
        Set<String> of = new LinkedHashSet<>();
        for (StackTraceElement frame : run) {
            String fold = fold(frame);
            if (fold != null) {
                of.add(fold);
            }
        }
        text.append(indent).append("\t... ").append(run.size()).append(" frames of ");
        text.append(String.join(", ", of)).append(" folded\n");
    }

    /** What a frame is folded under; null if it is shown. */
    private @Nullable String fold(StackTraceElement frame) {
        String type = frame.getClassName();
        for (String beginning : folded) {
            if (type.startsWith(beginning)) {
                return beginning;
            }
        }
        return !folded.isEmpty() && type.contains("$$") ? GENERATED : null;
    }

    /** Frames at the end that the enclosing exception has too; none where one of the stacks was cut. */
    private static int common(CapturedException exception, CapturedException enclosing) {
        if (exception.framesLeftOut() > 0 || enclosing.framesLeftOut() > 0) {
            return 0;
        }
        List<StackTraceElement> frames = exception.frames();
        List<StackTraceElement> others = enclosing.frames();
        int most = Math.min(frames.size(), others.size());
        int common = 0;
        while (common < most && frames.get(frames.size() - 1 - common).equals(others.get(others.size() - 1 - common))) {
            common++;
        }
        return common;
    }

    /**
     * The same for failures of the same kind: types and methods, without messages, line numbers, generated classes and
     * what is folded.
     */
    String hash(CapturedException exception) {
        long hash = FNV_OFFSET;
        for (CapturedException e : exception.chain()) {
            hash = hash(hash, e.type());
            for (StackTraceElement frame : e.frames()) {
                if (fold(frame) == null && !frame.getClassName().contains("$$")) {
                    hash = hash(hash(hash, frame.getClassName()), frame.getMethodName());
                }
            }
        }
        return Ids.hex(hash);
    }

    private static long hash(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ '\n') * FNV_PRIME;
    }
}
