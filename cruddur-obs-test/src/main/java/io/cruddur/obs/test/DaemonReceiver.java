package io.cruddur.obs.test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A stand-in for the X-Ray daemon on a real loopback socket: point the code under test at {@link #address()} and read
 * the segment documents that it sends. Used by one thread.
 */
public final class DaemonReceiver implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_507;
    private static final int WAIT_MILLIS = 30_000;
    private final DatagramSocket socket;

    /** Listens on a free port of the loopback address. */
    public DaemonReceiver() throws IOException {
        this(0);
    }

    /** Listens on the given port of the loopback address. */
    public DaemonReceiver(int port) throws IOException {
        socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(4 << 20);
    }

    /** What {@code AWS_XRAY_DAEMON_ADDRESS} would be: {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /**
     * The next document.
     *
     * @throws SocketTimeoutException if none arrives within thirty seconds
     */
    public JsonNode next() throws IOException {
        return receive(WAIT_MILLIS);
    }

    /** The next documents, in the order in which they arrive. */
    public List<JsonNode> next(int count) throws IOException {
        var documents = new ArrayList<JsonNode>();
        while (documents.size() < count) {
            documents.add(next());
        }
        return documents;
    }

    /** The next documents up to the first that fits, which is the last of them. */
    public List<JsonNode> nextUntil(Predicate<JsonNode> wanted) throws IOException {
        var documents = new ArrayList<JsonNode>();
        do {
            documents.add(next());
        } while (!wanted.test(documents.get(documents.size() - 1)));
        return documents;
    }

    /** Whether nothing has arrived. Means something only after {@code Obs.flush}, when all that was sent is here. */
    public boolean isEmpty() throws IOException {
        try {
            receive(1);
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private JsonNode receive(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        socket.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        JsonNode header = end < 0 ? Documents.missing() : Documents.parse(text.substring(0, end));
        if (!header.path("format").asString("").equals("json")
                || header.path("version").asInt(0) != 1) {
            throw new IOException("not a daemon datagram: " + text);
        }
        return Documents.parse(text.substring(end + 1));
    }

    @Override
    public void close() {
        socket.close();
    }
}
