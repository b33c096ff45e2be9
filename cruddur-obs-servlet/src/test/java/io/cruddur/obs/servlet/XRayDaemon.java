package io.cruddur.obs.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the X-Ray daemon would have got. */
final class XRayDaemon implements AutoCloseable {
    private static final String HEADER = "{\"format\": \"json\", \"version\": 1}\n";

    private final DatagramSocket socket;
    private final BlockingQueue<JsonNode> segments = new LinkedBlockingQueue<>();
    private final List<String> datagrams = new CopyOnWriteArrayList<>();

    XRayDaemon() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var receiver = new Thread(this::receive, "xray-daemon");
        receiver.setDaemon(true);
        receiver.start();
    }

    private void receive() {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_536);
                socket.receive(packet);
            } catch (IOException e) {
                return;
            }
            String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
            datagrams.add(text);
            if (text.startsWith(HEADER)) {
                segments.add(JsonMapper.shared().readTree(text.substring(HEADER.length())));
            }
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    BlockingQueue<JsonNode> segments() {
        return segments;
    }

    /** Everything that came, as it came. */
    List<String> datagrams() {
        return datagrams;
    }

    /** Returns when everything that was sent before the call is here: loopback keeps the order. */
    void awaitAllSent() throws IOException {
        String mark = "mark " + UUID.randomUUID();
        try (var sender = new DatagramSocket()) {
            sender.send(new DatagramPacket(mark.getBytes(UTF_8), mark.length(), socket.getLocalSocketAddress()));
        }
        await().until(() -> datagrams.remove(mark));
    }

    @Override
    public void close() {
        socket.close();
    }
}
