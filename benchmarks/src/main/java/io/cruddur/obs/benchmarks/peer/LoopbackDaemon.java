package io.cruddur.obs.benchmarks.peer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A bound socket that nobody reads: the kernel drops what does not fit, as for any daemon that is too slow. */
public final class LoopbackDaemon implements AutoCloseable {
    private final DatagramSocket socket;

    /** Binds a free port. */
    public LoopbackDaemon() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** The address for a channel to connect to. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    @Override
    public void close() {
        socket.close();
    }
}
