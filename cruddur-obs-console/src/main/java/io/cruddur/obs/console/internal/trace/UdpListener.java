package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Printable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP side of the port. One thread only empties the socket into memory, another reads what came: so a burst larger
 * than the kernel's buffer survives.
 */
public final class UdpListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UdpListener.class);

    private static final int MAX_DATAGRAM = 65_535;

    /** Asked for; the kernel grants what its own limit allows (Linux: net.core.rmem_max). */
    private static final int SOCKET_BUFFER = 8 << 20;

    /** Received and not yet read; beyond it datagrams wait in the socket. */
    private static final int MAX_WAITING_BYTES = 8 << 20;

    private final DatagramChannel channel;
    private final int port;
    private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAX_WAITING_BYTES);
    private final KernelDrops kernelDrops;
    private volatile boolean closed;
    private volatile Thread[] threads = {};

    private UdpListener(DatagramChannel channel, int port) {
        this.channel = channel;
        this.port = port;
        this.kernelDrops = new KernelDrops(port);
    }

    /**
     * @param port 0 for any that is free
     * @throws IOException (a {@link BindException}) if the port is taken
     */
    public static UdpListener bind(String address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.bind(new InetSocketAddress(address, port));
            return new UdpListener(channel, ((InetSocketAddress) channel.getLocalAddress()).getPort());
        } catch (IOException taken) {
            channel.close();
            BindException clear = new BindException("UDP port " + port + " of " + address + " is taken");
            clear.initCause(taken);
            throw clear;
        }
    }

    int port() {
        return port;
    }

    /** Starts to hand each datagram to the reader, on one thread and in their order. */
    public void start(Consumer<byte[]> reader) {
        threads = new Thread[] {
            new Thread(this::receive, "cruddur-obs-console-udp"),
            new Thread(() -> read(reader), "cruddur-obs-console-udp-read")
        };
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** What the kernel threw away because its buffer was full; -1 where it does not tell. */
    public long droppedByKernel() {
        return kernelDrops.count();
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
        while (!closed) {
            try {
                buffer.clear();
                channel.receive(buffer);
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                room.acquire(weight(datagram));
                waiting.add(datagram);
            } catch (ClosedChannelException | InterruptedException closing) {
                return;
            } catch (IOException | RuntimeException | Error failure) {
                log.warn("Cannot receive on UDP port {}", port, failure);
            }
        }
    }

    private void read(Consumer<byte[]> reader) {
        try {
            while (!closed) read(waiting.take(), reader);
        } catch (InterruptedException closing) {
            // That is how close() ends this thread.
        }
    }

    /** Whatever one datagram does to the reader, an Error too: the next is read. */
    private void read(byte[] datagram, Consumer<byte[]> reader) {
        room.release(weight(datagram));
        try {
            reader.accept(datagram);
        } catch (RuntimeException | Error failure) {
            log.error("The console failed on a datagram at UDP port {}", port, Printable.failure(failure));
        }
    }

    /** A queue's node and an array's header cost about this beside the bytes. */
    private static int weight(byte[] datagram) {
        return datagram.length + 64;
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException ignored) {
            // The channel is closed all the same.
        }
        for (Thread thread : threads) thread.interrupt();
    }
}
