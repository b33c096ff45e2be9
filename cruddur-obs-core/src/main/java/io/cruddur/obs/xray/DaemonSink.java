package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.RateLimitedLog;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records as it sends them, a datagram a document. A record is delivered if all its documents went, and lost once
 * if any did not; what can be sent of it is, for a trace with a hole says more than none.
 */
public final class DaemonSink implements Sink<TraceRecord, TraceRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonSink.class);
    private static final String UNREACHABLE = "unreachable";
    private static final String SEND_FAILED = "send_failed";
    /** With the pipeline's back-off, over half a minute: then what the system will not take is not tried for ever. */
    private static final int MAX_ATTEMPTS = 10;

    private final DaemonAddress address;
    private final DaemonSocket socket;
    private final SegmentWriter writer;
    private final DocumentConsumer toDaemon = this::send;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    /** What is lost of the batch that is being sent: reason by index. */
    private Map<Integer, String> lost = new HashMap<>();

    private int current;
    /** The record of the last datagram that left; -1 before the first of a batch. */
    private int lastSent;

    private int attempts;

    /** A sink for the given daemon; nothing is opened or looked up before the first batch. */
    public DaemonSink(DaemonAddress address, SegmentSettings settings, Adjustments adjustments, Redactor redactor) {
        this.address = address;
        this.socket = new DaemonSocket(address);
        this.writer = new SegmentWriter(settings, adjustments, redactor);
    }

    @Override
    public String name() {
        return "xray";
    }

    @Override
    public boolean encodesAhead() {
        return false;
    }

    @Override
    public BatchLimits limits() {
        return BatchLimits.ofCount(64);
    }

    @Override
    public void encode(TraceRecord record, Consumer<TraceRecord> out) {
        out.accept(record);
    }

    @Override
    public Answer send(List<TraceRecord> batch) throws IOException {
        if (!socket.open()) {
            return Answer.unreachable("the daemon's name " + address.host() + " cannot be resolved");
        }
        lost = new HashMap<>();
        lastSent = -1;
        IOException failure = null;
        for (current = 0; current < batch.size(); current++) {
            try {
                writer.write(batch.get(current), toDaemon);
            } catch (IOException e) {
                failure = e;
                lost.put(current, SEND_FAILED);
            } catch (Throwable e) {
                // An Error too: it is about this record, and the others must not be sent again for it.
                log.warn("A trace could not be written and is lost: "
                        + e.getClass().getName());
                lost.put(current, "encode_failed");
            }
        }
        if (failure != null && lastSent < 0 && attempts++ < MAX_ATTEMPTS) {
            // Nothing of the batch is out, so nothing will be there twice.
            lost.clear();
            socket.close();
            throw failure;
        }
        return answer(failure != null);
    }

    private Answer answer(boolean failed) {
        attempts = 0;
        if (lastSent >= 0 && isRefused()) {
            lost.put(lastSent, UNREACHABLE);
        }
        if (lost.isEmpty()) {
            return Answer.DELIVERED;
        }
        if (failed || lost.containsValue(UNREACHABLE)) {
            // A daemon that was started again may have another address.
            socket.close();
        }
        Map<Integer, String> known = lost;
        lost = new HashMap<>();
        return new Answer.Delivered(known);
    }

    private boolean isRefused() {
        try {
            return socket.isRefused();
        } catch (IOException e) {
            // Not about a datagram: what was sent is sent.
            return false;
        }
    }

    private void send(long id, byte[] document, int offset, int length) throws IOException {
        DaemonSocket.Outcome outcome = socket.send(document, offset, length);
        if (outcome == DaemonSocket.Outcome.EARLIER_REFUSED) {
            // Over a network the word may come late, even when its batch was called delivered. Then the first of this
            // batch stands for it, so that the sum is right.
            lost.put(Math.max(0, lastSent), UNREACHABLE);
            outcome = socket.send(document, offset, length);
        }
        switch (outcome) {
            case SENT -> lastSent = current;
            case EARLIER_REFUSED -> lost.put(current, UNREACHABLE);
            case FULL -> lost.put(current, "socket_full");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
