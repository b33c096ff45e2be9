package io.cruddur.obs.test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A stand-in for the X-Ray daemon on a real loopback socket: point the code under test at {@link #address()} and read
 * the segment documents that it sends. A thread of its own takes them from the system, whose buffer holds a few hundred,
 * so that none is lost while the test does other things. Thread-safe.
 */
public final class DaemonReceiver implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_507;
    private static final int WAIT_MILLIS = 30_000;
    private static final int LOOK_MILLIS = 1;
    private static final byte[] END = new byte[0];

    private final DatagramChannel channel;
    private final Selector selector;
    private final int port;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();

    /** Listens on a free port of the loopback address. */
    public DaemonReceiver() throws IOException {
        this(0);
    }

    /** Listens on the given port of the loopback address. */
    public DaemonReceiver(int port) throws IOException {
        channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            channel.configureBlocking(false);
            this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        var reader = new Thread(this::read, "daemon-receiver");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (channel.isOpen()) {
                selector.select();
                selector.selectedKeys().clear();
                takeAll();
            }
        } catch (IOException | ClosedSelectorException e) {
            // Closed, which is the only end that there is.
        } finally {
            datagrams.add(END);
        }
    }

    /** Takes what has come. Under a lock, so that what one thread has from the system is not behind what another has. */
    private synchronized void takeAll() throws IOException {
        while (channel.isOpen() && channel.receive(buffer.clear()) != null) {
            byte[] datagram = new byte[buffer.flip().remaining()];
            buffer.get(datagram);
            datagrams.add(datagram);
        }
    }

    /** What {@code AWS_XRAY_DAEMON_ADDRESS} would be: {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * The next document.
     *
     * @throws SocketTimeoutException if none arrives within thirty seconds
     * @throws SocketException if this was closed and all that came before was given
     */
    public JsonNode next() throws IOException {
        byte[] datagram = poll(WAIT_MILLIS);
        if (datagram == null) {
            throw new SocketTimeoutException("no document came within " + WAIT_MILLIS + " ms");
        }
        return document(datagram);
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
        // What the thread has not come to take yet has arrived as well.
        takeAll();
        byte[] datagram = poll(LOOK_MILLIS);
        if (datagram != null) {
            document(datagram);
        }
        return datagram == null;
    }

    /** How many documents wait to be read, as far as they were taken from the system. */
    int waiting() {
        return datagrams.size();
    }

    private byte @Nullable [] poll(int waitMillis) throws IOException {
        byte[] datagram;
        try {
            datagram = datagrams.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a document");
        }
        if (datagram == END) {
            // For whoever asks next as well.
            datagrams.add(END);
            throw new SocketException("the receiver is closed");
        }
        return datagram;
    }

    private static JsonNode document(byte[] datagram) throws IOException {
        String text = new String(datagram, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        JsonNode header = end < 0 ? Documents.missing() : Documents.parse(text.substring(0, end));
        if (!header.path("format").asString("").equals("json")
                || header.path("version").asInt(0) != 1) {
            throw new IOException("not a daemon datagram: " + text);
        }
        return Documents.parse(text.substring(end + 1));
    }

    /** Nobody listens from here on; what has come before can still be read. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                takeAll();
                channel.close();
            }
            // The system has its port back when the selector has forgotten it.
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the receiver could not be closed", e);
        }
    }
}
