package io.cruddur.obs.test.http;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.CapturedSpan;
import java.io.InputStream;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Answers that take time, and clients that do not wait for them. */
abstract class StreamCases extends AsyncCases {

    @Test
    void aSegmentLastsAsLongAsTheAnswer() throws Exception {
        try (InputStream body = getStream("/stream").body()) {
            assertThat(new String(body.readNBytes(4), UTF_8)).isEqualTo("one\n");
            assertThat(noSegmentYet()).isTrue();
            gate.open();
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("two\n");
        }

        CapturedSpan segment = segment();
        assertThat(segment).hasStatus(200).isOk();
        assertThat(http(segment, "response").has("content_length")).isFalse();
    }

    @Test
    void aClientThatHangsUpIsNoFaultAndNotReported() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.getInputStream().readNBytes(1_024)).hasSize(1_024);
            reset(socket);
        }

        CapturedSpan segment = segment();
        assertThat(segment).isOk().hasAnnotation("client_disconnected", true);
        assertThat(segment.exceptionTypes()).isEmpty();
    }

    @Test
    void aClientThatHangsUpWhileItSendsIsNoFaultAndNotReported() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nbeginning");
            gate.awaitHandler();
            reset(socket);
            gate.open();
        }

        CapturedSpan segment = segment();
        assertThat(segment).hasAnnotation("client_disconnected", true);
        assertThat(segment.isFault()).isFalse();
    }

    private static void send(Socket socket, String request) throws Exception {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Ends it so that the other side meets an error, and not an end. */
    private static void reset(Socket socket) throws Exception {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
