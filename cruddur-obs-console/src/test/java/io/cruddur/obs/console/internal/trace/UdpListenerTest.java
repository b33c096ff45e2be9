package io.cruddur.obs.console.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What no datagram should bring about, and still must not end the way in. */
class UdpListenerTest {

    @Test
    void afterAnErrorOfTheReaderTheNextDatagramIsRead() throws IOException {
        List<String> read = new CopyOnWriteArrayList<>();
        try (DatagramSocket sender = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                UdpListener listener = listener(datagram -> {
                    read.add(new String(datagram, StandardCharsets.UTF_8));
                    if (read.size() == 1) throw new OutOfMemoryError("of the test");
                    if (read.size() == 2) throw new IllegalStateException("of the test");
                })) {
            for (String text : List.of("one", "two", "three")) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sender.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), listener.port()));
            }

            await().untilAsserted(() -> assertThat(read).containsExactly("one", "two", "three"));
        }
    }

    private static UdpListener listener(Consumer<byte[]> reader) throws IOException {
        UdpListener listener = UdpListener.bind("127.0.0.1", 0);
        listener.start(reader);
        return listener;
    }

    @Test
    @SuppressWarnings("NullAway") // the store that fails
    void aDatagramThatTheConsoleFailsOnIsCounted() {
        Datagrams datagrams = new Datagrams(null);
        String document = "{\"trace_id\":\"1-5759e988-bd862e3fe1be46a994272793\",\"id\":\"53995c3f42cd8ad8\","
                + "\"name\":\"s\",\"start_time\":1700000000,\"end_time\":1700000001}";

        assertThatThrownBy(() -> datagrams.accept(
                        ("{\"format\":\"json\",\"version\":1}\n" + document).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NullPointerException.class);

        assertThat(datagrams.rejected()).isEqualTo(1);
    }
}
