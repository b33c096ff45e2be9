package io.cruddur.obs.contract;

import io.cruddur.obs.test.ReturningPorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a sink and its service, on real sockets, and does what services and networks do. */
final class FaultProxy implements AutoCloseable {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DRIPPING =
            "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress service;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile boolean closed;
    private volatile @Nullable ServerSocket listening;

    FaultProxy(URI service) throws IOException {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), service.getPort());
        ServerSocket socket = ReturningPorts.first(this::listen);
        listening = socket;
        port = socket.getLocalPort();
    }

    int port() {
        return port;
    }

    /** Calls, or connections where no call was read, that met a fault since it began. */
    int met() {
        return calls.get();
    }

    /** From now on; connections that are there are ended, as a service's end would. */
    void begin(Fault next) throws IOException {
        // Before there can be one that comes to meet the next.
        List<Socket> before = List.copyOf(open);
        fault = next;
        calls.set(0);
        for (Socket socket : before) {
            socket.close();
        }
        ServerSocket socket = listening;
        if (next == Fault.REFUSES && socket != null) {
            socket.close();
            listening = null;
        } else if (next != Fault.REFUSES && socket == null) {
            listening = ReturningPorts.again(port, this::listen);
        }
    }

    private ServerSocket listen(int on) throws IOException {
        var socket = new ServerSocket(on, 50, InetAddress.getLoopbackAddress());
        start(() -> accept(socket), "fault-proxy");
        return socket;
    }

    private static void start(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket from) {
        while (!closed) {
            try {
                Socket socket = from.accept();
                open.add(socket);
                start(() -> serve(socket), "fault-proxy-call");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (fault == Fault.RESETS) {
                calls.incrementAndGet();
                socket.setSoLinger(true, 0);
                return;
            }
            if (fault == Fault.HALF_OPEN) {
                calls.incrementAndGet();
                awaitOtherFault(Fault.HALF_OPEN);
                return;
            }
            for (byte[] call = read(socket); call != null; call = read(socket)) {
                if (!answer(socket, call)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side went away, which is its right.
            return;
        } finally {
            open.remove(socket);
        }
    }

    /** False if the connection is at its end. */
    private boolean answer(Socket socket, byte[] call) throws IOException {
        Fault now = fault;
        OutputStream out = socket.getOutputStream();
        if (now instanceof Fault.AnswersWhere where) {
            boolean meant = new String(call, StandardCharsets.ISO_8859_1).contains(where.word());
            now = meant ? where.answer() : Fault.NONE;
        }
        if (now == Fault.NONE) {
            out.write(handOn(call));
            return false;
        }
        calls.incrementAndGet();
        if (now instanceof Fault.Answers answer) {
            out.write(answer.bytes());
        } else if (now == Fault.GARBAGE) {
            out.write(new byte[] {0, 1, 2, (byte) 0xFF, '\r', '\n', 'x'});
        } else if (now == Fault.DRIPS) {
            out.write(DRIPPING);
            while (fault == now) {
                out.write(' ');
                pause();
            }
        } else {
            if (now == Fault.STOPS) {
                out.write(DRIPPING);
            }
            awaitOtherFault(now);
        }
        return false;
    }

    private void awaitOtherFault(Fault now) {
        while (fault == now && !closed) {
            pause();
        }
    }

    /** The pace of a service that is slow, not a wait for something. */
    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] handOn(byte[] call) throws IOException {
        try (var to = new Socket(service.getAddress(), service.getPort())) {
            to.getOutputStream().write(call);
            to.shutdownOutput();
            return to.getInputStream().readAllBytes();
        }
    }

    /** A call with its body, asking for the connection to be closed; null at the end. */
    private static byte @Nullable [] read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        while (!endsHead(head)) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("expect: 100-continue")) {
            socket.getOutputStream().write(CONTINUE);
        }
        int at = lower.indexOf("content-length:");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        lower.substring(at + 15, lower.indexOf("\r\n", at)).strip());
        byte[] body = in.readNBytes(length);
        var call = new ByteArrayOutputStream();
        call.write(text.replaceAll("(?i)\r\n(connection|expect):[^\r]*", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        call.write(body);
        return call.toByteArray();
    }

    private static boolean endsHead(ByteArrayOutputStream head) {
        return head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        begin(Fault.REFUSES);
    }
}
