package io.cruddur.obs.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.delivery.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an attempt that had no answer says of it. */
class HttpAttemptsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void whereNobodyListensTheReasonNamesTheAddressAndNoMoreOfIt() throws IOException, InterruptedException {
        int port = portOfNobody();
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/item/?key=secret"));

        try (var attempts = new HttpAttempts(TIMEOUT)) {
            Answer answer = attempts.send(call, reply -> Answer.DELIVERED);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Retry.class,
                            retry -> assertThat(retry.reason())
                                    .contains("ConnectException")
                                    .endsWith("on the way to 127.0.0.1:" + port));
        }
    }

    private static int portOfNobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
