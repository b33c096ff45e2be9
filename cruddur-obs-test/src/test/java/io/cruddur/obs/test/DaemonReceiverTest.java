package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class DaemonReceiverTest {
    private static final int LARGE = 60_000;

    private final DaemonReceiver daemon = ReturningDaemon.first();
    private final DatagramSocket sender = new DatagramSocket();

    DaemonReceiverTest() throws IOException {}

    @AfterEach
    void stop() {
        sender.close();
        daemon.close();
    }

    private static int port(DaemonReceiver of) {
        return Integer.parseInt(of.address().substring(of.address().indexOf(':') + 1));
    }

    private void send(int number, int padding) throws IOException {
        byte[] datagram = ("{\"format\": \"json\", \"version\": 1}\n{\"number\":" + number + ",\"padding\":\""
                        + "x".repeat(padding) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        sender.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), port(daemon)));
    }

    private void awaitWaiting(int documents) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(daemon.waiting()).isEqualTo(documents));
    }

    @Test
    void whatComesWhileNobodyReadsIsKeptWhateverTheSystemsBufferHolds() throws IOException {
        // More than the largest buffer that it asks for.
        for (int i = 0; i < 200; i++) {
            send(i, LARGE);
            awaitWaiting(i + 1);
        }
        assertThat(daemon.next(200))
                .extracting(document -> document.path("number").asInt())
                .isSorted()
                .endsWith(199);
        assertThat(daemon.isEmpty()).isTrue();
    }

    @Test
    void whatCameBeforeItsEndCanBeReadAndThenThatItIsClosed() throws IOException {
        send(0, 1);
        awaitWaiting(1);
        daemon.close();
        assertThat(daemon.next().path("number").asInt()).isZero();
        assertThatThrownBy(daemon::next).isInstanceOf(SocketException.class);
        assertThatThrownBy(daemon::next).isInstanceOf(SocketException.class);
    }

    @Test
    void whoWaitsForADocumentIsToldOfItsEnd() {
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return daemon.next();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        daemon.close();
        assertThat(waiting)
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(SocketException.class);
    }

    @Test
    void itsPortIsFreeWhenItIsClosed() throws IOException {
        daemon.close();
        for (int i = 0; i < 100; i++) {
            new DaemonReceiver(port(daemon)).close();
        }
    }
}
