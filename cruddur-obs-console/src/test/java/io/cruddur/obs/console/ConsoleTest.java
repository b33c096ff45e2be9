package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, joining and closing. */
class ConsoleTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void aConsoleHasOnePortForBothProtocolsAndATokenOfItsOwn() throws IOException {
        try (Console one = Console.builder().port(0).start();
                Console two = Console.builder().port(0).start()) {
            assertThat(one.joined()).isFalse();
            assertThat(one.port()).isPositive().isNotEqualTo(two.port());
            assertThat(one.token()).hasSizeGreaterThanOrEqualTo(22).isNotEqualTo(two.token());
            assertThat(one.address()).hasToString("http://localhost:" + one.port());
            assertThat(one.pageUrl()).hasToString("http://localhost:" + one.port() + "/?token=" + one.token());
            assertThatThrownBy(() -> new DatagramSocket(new InetSocketAddress(LOOPBACK, one.port())))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void aConsoleListensOnLoopbackAlone() throws IOException {
        try (Console console = Console.builder().port(0).start();
                ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            // Only a socket that is bound to loopback alone leaves the other addresses of its port free.
            var another = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), console.port());
            assertThatCode(() -> tcp.bind(another)).doesNotThrowAnyException();
            assertThatCode(() -> udp.bind(another)).doesNotThrowAnyException();
        }
    }

    @Test
    void aPortThatIsTakenForTcpIsAClearError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            assertThatThrownBy(
                            () -> Console.builder().port(taken.getLocalPort()).start())
                    .isInstanceOf(BindException.class)
                    .hasMessage("TCP port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
        }
    }

    @Test
    void aPortThatIsTakenForUdpIsAClearErrorAndTheTcpSideIsFreeAgain() throws IOException {
        onSomePort(() -> {
            try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
                assertThatThrownBy(() ->
                                Console.builder().port(taken.getLocalPort()).start())
                        .isInstanceOf(BindException.class)
                        .hasMessage("UDP port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
                try (ServerSocket free = new ServerSocket(taken.getLocalPort(), 1, LOOPBACK)) {
                    assertThat(free.isBound()).isTrue();
                }
            }
        });
    }

    @Test
    void openingWhereAConsoleListensJoinsIt() throws IOException {
        try (Console first = Console.builder().port(0).token("known-token").start()) {
            answers(first);
            Console second = Console.builder().port(first.port()).open();
            assertThat(second.joined()).isTrue();
            assertThat(second.port()).isEqualTo(first.port());
            assertThat(second.token()).isEmpty();
            assertThat(second.pageUrl()).hasToString("http://localhost:" + first.port() + "/");

            Console third =
                    Console.builder().port(first.port()).token("known-token").open();
            assertThat(third.pageUrl()).isEqualTo(first.pageUrl());

            second.close();
            assertThat(new ConsoleClient(first).get("/api/traces").status()).isEqualTo(200);
        }
    }

    @Test
    void openingWhereSomethingElseListensTakesAFreePort() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK);
                Console console = Console.builder().port(silent.getLocalPort()).open()) {
            assertThat(console.joined()).isFalse();
            assertThat(console.port()).isNotEqualTo(silent.getLocalPort());
            assertThat(new ConsoleClient(console).get("/api/traces").status()).isEqualTo(200);
        }
    }

    @Test
    void openingWhereOnlyTheDaemonsUdpSideListensTakesAFreePort() throws IOException {
        try (DatagramSocket daemon = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                Console console = Console.builder().port(daemon.getLocalPort()).open()) {
            assertThat(console.joined()).isFalse();
            assertThat(console.port()).isNotEqualTo(daemon.getLocalPort());
        }
    }

    @Test
    void openingOnAFreePortStartsThere() throws IOException {
        onSomePort(() -> {
            int port;
            try (Console gone = Console.builder().port(0).start()) {
                port = gone.port();
            }
            try (Console console = Console.builder().port(port).open()) {
                assertThat(console.joined()).isFalse();
                assertThat(console.port()).isEqualTo(port);
            }
        });
    }

    @Test
    void closingFreesThePortEndsTheThreadsAndMayBeRepeated() throws IOException {
        onSomePort(() -> {
            Console console = Console.builder().port(0).start();
            console.close();
            console.close();

            try (Console again = Console.builder().port(console.port()).start()) {
                assertThat(again.port()).isEqualTo(console.port());
            }
        });
        await().atMost(ConsoleClient.PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("cruddur-obs-console")));
    }

    @Test
    void itsThreadsKeepNoProgramRunning() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Console console = Console.builder().port(0).start()) {
            assertThat(new ConsoleClient(console).get("/api/traces").status()).isEqualTo(200);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .anyMatch(thread -> thread.getName().startsWith("cruddur-obs-console"))
                    .allMatch(Thread::isDaemon);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with blank", "with/slash", "with;semicolon"})
    void aTokenThatCannotServeIsRefused(String token) {
        assertThatThrownBy(() -> Console.builder().token(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 to 128");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortThatIsNoneIsRefused(int port) {
        assertThatThrownBy(() -> Console.builder().port(port)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A first answer loads classes, and the console that wants to join does not wait long for it. */
    private static void answers(Console console) {
        assertThat(new ConsoleClient(console).get("/api/ping").status()).isEqualTo(200);
    }

    private interface OnPort {
        void run() throws IOException;
    }

    /**
     * Once more on another port, a few times, if it fails: between letting a port go and taking it again, another
     * program may have taken it.
     */
    private static void onSomePort(OnPort test) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                test.run();
                return;
            } catch (BindException | AssertionError taken) {
                if (attempt == 5) throw taken;
            }
        }
    }

    @Test
    void theAddressOfAConsoleThatWasJoinedHasNoTokenThatItDoesNotTake() throws IOException {
        try (Console first = Console.builder().port(0).start()) {
            answers(first);

            Console joined =
                    Console.builder().port(first.port()).token("another-token").open();

            assertThat(joined.joined()).isTrue();
            assertThat(joined.token()).isEmpty();
            assertThat(joined.pageUrl()).hasToString("http://localhost:" + first.port() + "/");
        }
    }
}
