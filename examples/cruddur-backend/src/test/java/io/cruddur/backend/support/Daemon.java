package io.cruddur.backend.support;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands in for the X-Ray daemon: a UDP socket and what came in. */
public final class Daemon implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_535;

    private final DatagramSocket socket;
    private final BlockingQueue<String> datagrams = new LinkedBlockingQueue<>();

    public Daemon() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread receiver = new Thread(this::receive, "daemon");
        receiver.setDaemon(true);
        receiver.start();
    }

    private void receive() {
        var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        try {
            while (true) {
                packet.setLength(MAX_DATAGRAM);
                socket.receive(packet);
                datagrams.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // That is how close() ends it.
        }
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Takes documents until one fits; gives all of them, the one that fits last. */
    public List<JsonNode> takeUntil(Predicate<JsonNode> wanted) throws InterruptedException {
        var documents = new ArrayList<JsonNode>();
        while (documents.isEmpty() || !wanted.test(documents.get(documents.size() - 1))) {
            String datagram = datagrams.poll(30, TimeUnit.SECONDS);
            if (datagram == null) {
                throw new AssertionError("the document did not come; these did: " + documents);
            }
            documents.add(document(datagram));
        }
        return documents;
    }

    /** One line of header, then the document. */
    private static JsonNode document(String datagram) {
        int end = datagram.indexOf('\n');
        JsonNode header = JsonMapper.shared().readTree(datagram.substring(0, end));
        if (!header.path("format").asString("").equals("json")
                || header.path("version").asInt(0) != 1) {
            throw new AssertionError("not a daemon's header: " + header);
        }
        return JsonMapper.shared().readTree(datagram.substring(end + 1));
    }

    @Override
    public void close() {
        socket.close();
    }
}
