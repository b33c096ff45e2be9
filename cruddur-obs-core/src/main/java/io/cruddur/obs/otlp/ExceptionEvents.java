package io.cruddur.obs.otlp;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.limits.Rounds;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exceptions as events of their span: with its stack where one happened, without where it only came through. */
final class ExceptionEvents {
    private static final int FRAME_BYTES = 32;
    private static final int MAX_MESSAGE_CHARS = 8_192;

    private final Texts texts;
    private final Rounds rounds;
    private final Room room;

    ExceptionEvents(Texts texts, Rounds rounds, Room room) {
        this.texts = texts;
        this.rounds = rounds;
        this.room = room;
    }

    /** When they happened is not known, but not after the span's end. */
    void write(SpanNode node, List<CapturedException> exceptions, long endNanos, Span.Builder span) {
        for (CapturedException exception : exceptions) {
            if (rounds.isExceeded()) {
                return;
            }
            var attributes = new Attributes(texts, room);
            attributes.harmless("exception.type", exception.type(), Integer.MAX_VALUE);
            attributes.text("exception.message", exception.message());
            if (!node.isFromChild(exception)) {
                attributes.put("exception.stacktrace", Attributes.text(stack(exception)));
            }
            if (room.take(FRAME_BYTES, "exception")) {
                span.addEvents(Span.Event.newBuilder()
                        .setName("exception")
                        .setTimeUnixNano(endNanos)
                        .addAllAttributes(attributes.all()));
            }
        }
    }

    /** What the status says of the first of them. */
    @Nullable String description(List<CapturedException> exceptions) {
        if (exceptions.isEmpty()) {
            return null;
        }
        CapturedException first = exceptions.get(0);
        return first.message() == null ? first.type() : texts.value("status", first.message(), 250);
    }

    /** As Java prints it. */
    private String stack(CapturedException exception) {
        var text = new StringBuilder();
        String before = "";
        for (CapturedException e = exception; e != null; e = e.cause()) {
            writeOne(e, before, "", text);
            // What was suppressed for a suppressed one stays out: nobody reads so far.
            e.suppressed().forEach(other -> writeOne(other, "\tSuppressed: ", "\t", text));
            before = "Caused by: ";
        }
        return Texts.wellFormed(text.toString());
    }

    private void writeOne(CapturedException e, String before, String indent, StringBuilder to) {
        to.append(before).append(e.type());
        if (e.message() != null) {
            to.append(": ").append(texts.value("exception.stacktrace", e.message(), MAX_MESSAGE_CHARS));
        }
        to.append('\n');
        int shown = Math.min(e.frames().size(), rounds.frames());
        for (StackTraceElement frame : e.frames().subList(0, shown)) {
            to.append(indent).append("\tat ").append(frame).append('\n');
        }
        int leftOut = e.framesLeftOut() + e.frames().size() - shown;
        if (leftOut > 0) {
            to.append(indent).append("\t... ").append(leftOut).append(" more\n");
        }
    }
}
