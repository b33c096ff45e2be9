package io.cruddur.obs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedPeersTest {
    private final TrustedPeers peers = TrustedPeers.privateNetworks();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "fd00::1"})
    void privateAddressesAreTrusted(String address) {
        assertThat(peers.trusts(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "2001:db8::1",
                "localhost",
                "",
                "10.1.2",
                "999.1.1.1",
                "10.0.0.256",
                "10.0.0.1x"
            })
    void anythingElseIsNot(String address) {
        assertThat(peers.trusts(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 1.2.3.4 | 203.0.113.9",
                "10.0.0.1 | 1.2.3.4 | 1.2.3.4",
                "10.0.0.1 | 6.6.6.6, 1.2.3.4 | 1.2.3.4",
                "10.0.0.1 | 6.6.6.6, 1.2.3.4, 10.0.0.2 | 1.2.3.4",
                "10.0.0.1 | 1.2.3.4:5678 | 1.2.3.4",
                "10.0.0.1 | [2001:db8::1]:443 | 2001:db8::1",
                "10.0.0.1 | evil.example, unknown | 10.0.0.1",
                "10.0.0.1 | 999.123.1.1 | 10.0.0.1",
                "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
            })
    void theClientIsTheFirstUntrustedFromTheRight(String peer, String forwardedFor, String client) {
        assertThat(peers.clientAddress(peer, forwardedFor)).isEqualTo(client);
    }

    @Test
    void allAndNoneAreWhatTheySay() {
        assertThat(TrustedPeers.of(List.of("all")).trusts("8.8.8.8")).isTrue();
        assertThat(TrustedPeers.of(List.of("none")).trusts("127.0.0.1")).isFalse();
        assertThat(TrustedPeers.of(List.of("private", "203.0.113.0/24")).trusts("203.0.113.77"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "example.com", "10.0.0.0/x", "/8"})
    void aBlockThatCannotBeReadIsNamed(String spec) {
        assertThatThrownBy(() -> TrustedPeers.of(List.of(spec)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + spec + "'")
                .hasMessageContaining("10.0.0.0/8");
    }
}
