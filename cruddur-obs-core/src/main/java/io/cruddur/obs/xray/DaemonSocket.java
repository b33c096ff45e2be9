package io.cruddur.obs.xray;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is connected to the daemon, so that the system tells of a port where nobody listens; it tells so on the
 * call <em>after</em> the datagram that met it. Used by one thread.
 */
final class DaemonSocket {
    /** What became of a document. */
    enum Outcome {
        /** It is with the kernel. */
        SENT,
        /** It was not sent: the system says instead that an earlier one found nobody. */
        EARLIER_REFUSED,
        /** It was not sent: there is no room for it, and none was made in time. */
        FULL
    }

    private static final byte[] HEADER = "{\"format\": \"json\", \"version\": 1}\n".getBytes(StandardCharsets.US_ASCII);
    /** Some systems take no datagram longer than their small default. */
    private static final int MIN_SEND_BUFFER = 128 * 1_024;

    /**
     * A container that was replaced may have another address, and the old one need not say a word: then nothing tells that
     * what is sent is lost, but the name. The JVM itself remembers a name for 30 s.
     */
    private static final long LOOK_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long FULL_PARK_NANOS = 50_000;
    /** A buffer drains in microseconds; one that does not is behind a network that is down. */
    private static final long FULL_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final DaemonAddress address;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(HEADER.length + SegmentWriter.MAX_DOCUMENT)
            .put(HEADER);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1);
    private @Nullable DatagramChannel channel;
    private @Nullable InetSocketAddress connectedTo;
    private long lookUpNanos;
    private boolean wasFull;

    DaemonSocket(DaemonAddress address) {
        this.address = address;
    }

    /** Opens it, if it is not. False if the daemon's name cannot be resolved. */
    boolean open() throws IOException {
        wasFull = false;
        if (channel != null && System.nanoTime() - lookUpNanos < 0) {
            return true;
        }
        lookUpNanos = System.nanoTime() + LOOK_UP_NANOS;
        var target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            // As long as there is an address that was good, it is used.
            return channel != null;
        }
        if (channel != null && target.equals(connectedTo)) {
            return true;
        }
        close();
        DatagramChannel opened = DatagramChannel.open();
        try {
            opened.configureBlocking(false);
            if (opened.getOption(StandardSocketOptions.SO_SNDBUF) < MIN_SEND_BUFFER) {
                opened.setOption(StandardSocketOptions.SO_SNDBUF, MIN_SEND_BUFFER);
            }
            opened.connect(target);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        connectedTo = target;
        return true;
    }

    Outcome send(byte[] document, int offset, int length) throws IOException {
        DatagramChannel open = opened();
        datagram.clear().position(HEADER.length).put(document, offset, length).flip();
        try {
            return open.write(datagram) > 0 || hasRoomAtLast(open) ? Outcome.SENT : Outcome.FULL;
        } catch (PortUnreachableException e) {
            return Outcome.EARLIER_REFUSED;
        }
    }

    /** Once in vain is enough a batch: the others are tried without a wait. */
    private boolean hasRoomAtLast(DatagramChannel open) throws IOException {
        long deadline = System.nanoTime() + (wasFull ? 0 : FULL_LIMIT_NANOS);
        while (System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(FULL_PARK_NANOS);
            if (open.write(datagram) > 0) {
                return true;
            }
        }
        wasFull = true;
        return false;
    }

    /** Whether the system knows of an earlier datagram that found nobody. */
    boolean isRefused() throws IOException {
        try {
            answer.clear();
            opened().read(answer);
            return false;
        } catch (PortUnreachableException e) {
            return true;
        }
    }

    private DatagramChannel opened() throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            throw new IOException("the socket is closed");
        }
        return open;
    }

    void close() {
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
