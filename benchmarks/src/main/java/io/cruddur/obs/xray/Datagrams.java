package io.cruddur.obs.xray;

import io.cruddur.obs.benchmarks.peer.LoopbackDaemon;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A connected channel to a daemon's port, and a datagram that is filled anew for each send. */
@NullMarked
@State(Scope.Benchmark)
public class Datagrams {
    private static final byte[] HEADER = "{\"format\": \"json\", \"version\": 1}\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer datagram = ByteBuffer.allocateDirect(64_000);
    /** Made once, as a sink makes its own. */
    final DocumentConsumer consumer = this::send;

    private LoopbackDaemon daemon;
    private DatagramChannel channel;

    @Setup
    public void open() throws IOException {
        daemon = new LoopbackDaemon();
        channel = DatagramChannel.open().connect(daemon.socketAddress());
    }

    @TearDown
    public void close() throws IOException {
        channel.close();
        daemon.close();
    }

    /** Sends one document. */
    void send(long id, byte[] buffer, int offset, int length) throws IOException {
        datagram.clear().put(HEADER).put(buffer, offset, length).flip();
        channel.write(datagram);
    }
}
