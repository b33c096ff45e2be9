package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.trace.TraceRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends each tree as one datagram to the X-Ray daemon. The socket is connected, so that the system tells of a port
 * where nobody listens; it tells so on the call <em>after</em> the datagram that met it, which is why each batch ends
 * with a look at the socket.
 */
public final class DaemonSink implements Sink<TraceRecord, TraceRecord> {
    private static final byte[] HEADER = "{\"format\": \"json\", \"version\": 1}\n".getBytes(StandardCharsets.US_ASCII);
    /** The daemon refuses documents over 64 KB. */
    private static final int MAX_DOCUMENT = 64_000;

    private static final String UNREACHABLE = "unreachable";

    private final DaemonAddress address;
    private final SegmentWriter writer = new SegmentWriter();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(HEADER.length + MAX_DOCUMENT);
    private final ByteBuffer answer = ByteBuffer.allocate(1);
    private @Nullable DatagramChannel channel;

    /** A sink for the given daemon; nothing is opened or looked up before the first batch. */
    public DaemonSink(DaemonAddress address) {
        this.address = address;
    }

    @Override
    public String name() {
        return "xray";
    }

    @Override
    public BatchLimits limits() {
        return BatchLimits.ofCount(64);
    }

    @Override
    public TraceRecord encode(TraceRecord record) {
        return record;
    }

    @Override
    public Answer send(List<TraceRecord> batch) throws IOException {
        DatagramChannel open = open();
        if (open == null) {
            return Answer.retry("the daemon's name " + address.host() + " cannot be resolved");
        }
        Map<Integer, String> lost = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).isOutdated()) {
                continue;
            }
            byte[] document = writer.write(batch.get(i));
            if (document.length > MAX_DOCUMENT) {
                lost.put(i, "document_too_large");
            } else if (!write(open, document)) {
                // The answer to the datagram before; this one did not leave yet. Before the first there is one that was
                // called delivered with its batch: the first stands for it, so that the sum is right.
                lost.put(Math.max(0, i - 1), UNREACHABLE);
                if (!write(open, document)) {
                    lost.put(i, UNREACHABLE);
                }
            }
        }
        if (isRefused(open)) {
            lost.put(batch.size() - 1, UNREACHABLE);
        }
        if (lost.containsValue(UNREACHABLE)) {
            // A daemon that was started again may have another address.
            close();
        }
        return lost.isEmpty() ? Answer.DELIVERED : new Answer.Delivered(lost);
    }

    private @Nullable DatagramChannel open() throws IOException {
        DatagramChannel open = channel;
        if (open != null) {
            return open;
        }
        var target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            return null;
        }
        open = DatagramChannel.open();
        open.configureBlocking(false);
        open.connect(target);
        channel = open;
        return open;
    }

    /** False when the system reports that an earlier datagram found nobody; then this one was not sent. */
    private boolean write(DatagramChannel open, byte[] document) throws IOException {
        datagram.clear().put(HEADER).put(document).flip();
        try {
            while (open.write(datagram) == 0) {
                // The socket's buffer is full: the kernel drains it in microseconds.
                LockSupport.parkNanos(50_000);
            }
            return true;
        } catch (PortUnreachableException e) {
            return false;
        }
    }

    private boolean isRefused(DatagramChannel open) throws IOException {
        try {
            answer.clear();
            open.read(answer);
            return false;
        } catch (PortUnreachableException e) {
            return true;
        }
    }

    @Override
    public void close() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing was left in it: a datagram is with the kernel or was counted.
                return;
            }
        }
    }
}
