package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DaemonConnectionTest {
    private static final byte[] CALL = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private ServerSocket listening;
    private DaemonConnection connection =
            new DaemonConnection(DaemonAddress.parse("127.0.0.1:9"), Duration.ofSeconds(1));

    /** What a daemon does with a connection once a call was read from it. */
    private interface Daemon {
        void answer(Socket socket) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void serve(Duration timeout, Daemon daemon) {
        var address = DaemonAddress.parse("127.0.0.1:" + listening.getLocalPort());
        connection = new DaemonConnection(address, timeout);
        var thread = new Thread(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    open.add(socket);
                    connections.incrementAndGet();
                    var calls = new Thread(() -> answer(socket, daemon));
                    calls.setDaemon(true);
                    calls.start();
                }
            } catch (IOException e) {
                // Closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(Socket socket, Daemon daemon) {
        try {
            while (socket.getInputStream().readNBytes(CALL.length).length == CALL.length) {
                daemon.answer(socket);
            }
        } catch (IOException e) {
            // The other side went away.
        }
    }

    private HttpAnswer call() throws IOException {
        return connection.call(ByteBuffer.wrap(CALL.clone()));
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aConnectionIsKeptFromCallToCall() throws IOException {
        serve(Duration.ofSeconds(10), socket -> write(socket, ANSWER));
        for (int i = 0; i < 100; i++) {
            assertThat(call().body()).isEqualTo("ok");
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void oneThatTheDaemonSaysItWillCloseIsNotUsedAgain() throws IOException {
        serve(Duration.ofSeconds(10), socket -> {
            write(socket, ANSWER.replace("\r\n\r\n", "\r\nConnection: Close\r\n\r\n"));
            socket.close();
        });
        assertThat(call().body()).isEqualTo("ok");
        assertThat(call().body()).isEqualTo("ok");
        assertThat(connections).hasValue(2);
    }

    @Test
    void oneThatWasGivenUpMeanwhileIsReplacedWithoutAFailure() throws IOException {
        serve(Duration.ofSeconds(10), socket -> {
            write(socket, ANSWER);
            socket.close();
        });
        for (int i = 0; i < 20; i++) {
            assertThat(call().body()).isEqualTo("ok");
        }
        assertThat(connections).hasValue(20);
    }

    @Test
    void anAnswerThatEndsInItsMiddleIsAFailureAndTheCallIsNotRepeatedUnasked() throws IOException {
        var calls = new AtomicInteger();
        serve(Duration.ofSeconds(10), socket -> {
            write(socket, calls.incrementAndGet() == 1 ? ANSWER : ANSWER.substring(0, ANSWER.length() - 1));
            if (calls.get() > 1) {
                socket.close();
            }
        });
        assertThat(call().body()).isEqualTo("ok");
        assertThatThrownBy(this::call).isInstanceOf(IOException.class).hasMessageContaining("middle");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aCallEndsByItsTimeLimitWhateverTheDaemonDoes() {
        // Each byte comes in time, and the answer never.
        serve(Duration.ofMillis(200), socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                write(socket, "x");
                // The pace of a daemon that is slow.
                LockSupport.parkNanos(1_000_000);
            }
        });
        assertThatThrownBy(this::call).isInstanceOf(IOException.class);
    }

    @Test
    void aSilentDaemonIsWaitedForNoLonger() {
        serve(Duration.ofMillis(200), socket -> {});
        assertThatThrownBy(this::call)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("no answer within 200 ms");
    }

    @Test
    void anInterruptEndsACall() {
        serve(Duration.ofMinutes(10), socket -> {});
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::call).isInstanceOf(SocketTimeoutException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aNameThatCannotBeResolvedIsSaid() {
        // Longer than a label of a name may be: no server is asked, which may take its time to answer.
        String name = "x".repeat(64) + ".invalid";
        connection = new DaemonConnection(new DaemonAddress(name, 1, name, 1), Duration.ofSeconds(10));
        assertThatThrownBy(this::call).isInstanceOf(IOException.class).hasMessageContaining(name);
    }
}
