package io.cruddur.obs.propagation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.trace.RemoteParent;
import org.jspecify.annotations.Nullable;

/** What callers send: no reader throws, and what it takes can be written and read again. */
public final class HeadersTarget {
    private HeadersTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, UTF_8);
        check(XAmznTraceId.parse(text));
        check(Traceparent.parse(text));
        check(B3Headers.parse(text));
        String[] four = (text + "\n\n\n\n").split("\n", -1);
        check(B3Headers.parse(four[0], four[1], four[2], four[3]));
        String tracestate = Tracestate.parse(text);
        if (tracestate != null && !tracestate.equals(Tracestate.parse(tracestate))) {
            throw new AssertionError("another tracestate: " + tracestate);
        }
        Baggage baggage = Baggage.parse(text, () -> {});
        String header = baggage.toHeader();
        Baggage again = Baggage.parse(header, () -> {
            throw new AssertionError("left out of " + header);
        });
        if (header.length() > Baggage.MAX_BYTES || !again.asMap().equals(baggage.asMap())) {
            throw new AssertionError("other baggage: " + header);
        }
    }

    private static void check(@Nullable RemoteParent parent) {
        if (parent == null) {
            return;
        }
        Boolean sampled = parent.sampled();
        String text = XAmznTraceId.format(
                parent.traceIdHigh(), parent.traceIdLow(), parent.parentId(), sampled != null && sampled);
        RemoteParent again = XAmznTraceId.parse(text);
        if (again == null
                || again.traceIdHigh() != parent.traceIdHigh()
                || again.traceIdLow() != parent.traceIdLow()
                || again.parentId() != parent.parentId()) {
            throw new AssertionError(parent + " became " + again);
        }
    }
}
