package io.cruddur.obs.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request as bytes: for what well-behaved clients do not let one send. */
final class RawHttp {

    /** Shorter than the silence between two signs of life of a live stream: one that opens unasked must not hang here. */
    private static final int SILENCE_MILLIS = 10_000;

    private RawHttp() {}

    /** The whole answer to a request that ends its connection. */
    static String exchange(int port, String... lines) throws IOException {
        return exchange(port, new byte[0], lines);
    }

    /** The whole answer, read only after all of the body is sent. */
    static String exchange(int port, byte[] body, String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            socket.setSoTimeout(SILENCE_MILLIS);
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The answer to a request after which the client sends nothing more, though it may have promised to. */
    static String halfClosed(int port, String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }
}
