package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import org.apache.catalina.connector.ClientAbortException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is gone: the client, or somebody whom the application called. */
class DisconnectTest {

    private static <T extends Throwable> T thrownBy(T thrown, String... types) {
        var stack = new StackTraceElement[types.length];
        for (int i = 0; i < types.length; i++) {
            stack[i] = new StackTraceElement(types[i], "write", null, -1);
        }
        thrown.setStackTrace(stack);
        return thrown;
    }

    @Test
    void aServersOwnClassSaysIt() {
        assertThat(Disconnect.isCauseOf(new ClientAbortException("x"))).isTrue();
        assertThat(Disconnect.isCauseOf(new EofException("x") {})).isTrue();
    }

    @Test
    void soDoesWhatWrapsIt() {
        assertThat(Disconnect.isCauseOf(new ServletException(new UncheckedIOException(new ClientAbortException()))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Broken pipe,                            org.apache.tomcat.util.net.NioChannel,     true",
        "Connection reset by peer,               org.xnio.nio.NioSocketConduit,             true",
        "UT000128: Remote peer closed connection before all data could be read, io.undertow.io.X, true",
        "Broken pipe,                            org.postgresql.core.PGStream,              false",
        "Connection reset,                       com.example.PaymentClient,                 false",
        "Stream closed,                          org.apache.catalina.connector.X,           false",
    })
    void theSystemsWordsCountWhereTheServerSaysThem(String message, String type, boolean gone) {
        IOException thrown = thrownBy(
                new IOException(message), "sun.nio.ch.SocketDispatcher", "java.nio.Channel", type, "io.undertow.Below");

        assertThat(Disconnect.isCauseOf(thrown)).isEqualTo(gone);
    }

    @Test
    void aChannelThatIsClosedCountsWhereTheServerSaysIt() {
        assertThat(Disconnect.isCauseOf(thrownBy(new ClosedChannelException(), "org.xnio.X")))
                .isTrue();
        assertThat(Disconnect.isCauseOf(thrownBy(new ClosedChannelException(), "com.example.Client")))
                .isFalse();
    }

    @Test
    void whatIsNoIoExceptionIsNone() {
        assertThat(Disconnect.isCauseOf(null)).isFalse();
        assertThat(Disconnect.isCauseOf(thrownBy(new IllegalStateException("Broken pipe"), "io.undertow.X")))
                .isFalse();
        assertThat(Disconnect.isCauseOf(thrownBy(new IOException("Broken pipe"))))
                .isFalse();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void causesThatGoRoundInACircleEnd() {
        var inner = new IOException("inner");
        var outer = new IOException("outer", inner);
        inner.initCause(outer);

        assertThat(Disconnect.isCauseOf(outer)).isFalse();
    }
}
