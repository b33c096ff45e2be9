package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Reads daemon datagrams: a line of header, {@code {"format": "json", "version": 1}}, and one segment document. */
public final class Datagrams {

    private static final int MAX_HEADER = 256;

    private final TraceStore traces;
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong full = new AtomicLong();

    public Datagrams(TraceStore traces) {
        this.traces = traces;
    }

    /** Keeps the document, or counts the datagram as rejected: there is nobody to answer to. */
    public void accept(byte[] datagram) {
        boolean taken = false;
        try {
            taken = isTaken(datagram);
        } finally {
            if (!taken) rejected.incrementAndGet();
        }
    }

    /** How many were malformed, or belonged to a trace that is full. */
    public long rejected() {
        return rejected.get();
    }

    /** How many of the rejected were well-formed and belonged to a trace that is full. */
    public long ofFullTraces() {
        return full.get();
    }

    private boolean isTaken(byte[] datagram) {
        int lineEnd = 0;
        while (lineEnd < datagram.length && datagram[lineEnd] != '\n') lineEnd++;
        if (lineEnd == datagram.length || lineEnd > MAX_HEADER) return false;
        try {
            JsonNode header = Json.parse(datagram, 0, lineEnd);
            if (!"json".equals(Json.text(header, "format"))
                    || header.path("version").asInt(0) != 1) return false;
            boolean taken =
                    traces.add(SegmentDocument.parse(Arrays.copyOfRange(datagram, lineEnd + 1, datagram.length)));
            if (!taken) full.incrementAndGet();
            return taken;
        } catch (Json.NotJson | SegmentDocument.Rejected malformed) {
            return false;
        }
    }
}
