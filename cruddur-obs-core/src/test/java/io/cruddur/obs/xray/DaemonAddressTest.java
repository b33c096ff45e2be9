package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonAddressTest {
    @ParameterizedTest
    @CsvSource({
        "xray-daemon:2000, xray-daemon, 2000, xray-daemon, 2000",
        "' 127.0.0.1:2000 ', 127.0.0.1, 2000, 127.0.0.1, 2000",
        "[::1]:2000, ::1, 2000, ::1, 2000",
        "tcp:a:1 udp:b:2, b, 2, a, 1",
        "udp:b:2 tcp:a:1, b, 2, a, 1",
        "udp:[::1]:2 tcp:a:1, ::1, 2, a, 1",
    })
    void readsWhatTheSdkReads(String text, String host, int port, String tcpHost, int tcpPort) {
        var address = new DaemonAddress(host, port, tcpHost, tcpPort);
        assertThat(DaemonAddress.parse(text)).isEqualTo(address);
        assertThat(DaemonAddress.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xray-daemon",
                "xray-daemon:",
                ":2000",
                "a:b",
                "a:0",
                "a:70000",
                "udp:a:1 udp:b:2",
                "udp:a:1 tcp:b",
                "::1:2000",
                "http://a:2000",
                "a:1 b:2 c:3"
            })
    void anythingElseIsAnsweredWithTheValidForms(String text) {
        assertThatThrownBy(() -> DaemonAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("127.0.0.1:2000")
                .hasMessageContaining("tcp:host:port udp:host:port");
    }
}
