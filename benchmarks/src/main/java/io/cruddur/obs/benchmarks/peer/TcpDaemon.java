package io.cruddur.obs.benchmarks.peer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The daemon's TCP port as the least work that can stand for it: each call is read to its end and answered as X-Ray answers
 * when nothing is wrong. Its thread takes its share of the machine, as a daemon on it would.
 */
public final class TcpDaemon implements AutoCloseable {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n"
                            + "{\"UnprocessedTraceSegments\":[]}")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";

    private final ServerSocket listening;

    /** Listens on a free port. */
    public TcpDaemon() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::accept, "tcp-daemon");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                try (Socket socket = listening.accept()) {
                    socket.setTcpNoDelay(true);
                    answerAll(socket);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void answerAll(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        var body = new byte[1 << 20];
        for (int length = readHead(in); length >= 0; length = readHead(in)) {
            // To skip would be to read in pieces of 2 KB.
            if (in.readNBytes(body, 0, length) < length) {
                return;
            }
            socket.getOutputStream().write(ANSWER);
        }
    }

    /** The length of what follows; -1 at the end. */
    private static int readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            head.append((char) next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
        }
        for (String line : head.toString().split("\r\n", -1)) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                return Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        return 0;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
