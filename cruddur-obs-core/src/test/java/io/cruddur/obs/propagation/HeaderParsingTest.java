package io.cruddur.obs.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.RemoteParent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderParsingTest {
    private static final String ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";

    @Test
    void readsAFullXAmznHeader() {
        RemoteParent parent = XAmznTraceId.parse(ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1");
        assertThat(parent)
                .isEqualTo(new RemoteParent(0x5759e988bd862e3fL, 0xe1be46a994272793L, 0x53995c3f42cd8ad8L, true));
    }

    @Test
    void aLoadBalancersHeaderHasNoParentAndNoDecision() {
        assertThat(XAmznTraceId.parse(ROOT))
                .isEqualTo(new RemoteParent(0x5759e988bd862e3fL, 0xe1be46a994272793L, 0, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Self=1-67891234-12456789abcdef012345678;" + ROOT,
                ROOT + "; Parent=53995c3f42cd8ad8 ; Sampled=?",
                ROOT + ";Lineage=a87bd80c:1|68fd508a:5",
                ROOT + ";CalledFrom=app;Sampled=?"
            })
    void otherFieldsAndSpacesArePassedOver(String header) {
        RemoteParent parent = XAmznTraceId.parse(header);
        assertThat(parent).isNotNull();
        assertThat(parent.traceIdHigh()).isEqualTo(0x5759e988bd862e3fL);
        assertThat(parent.sampled()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "=",
                "Root",
                "Root=",
                "Sampled=1",
                "Root=1-5759e988-bd862e3fe1be46a99427279",
                "Root=1-5759e988-bd862e3fe1be46a9942727933",
                "Root=1-5759e98g-bd862e3fe1be46a994272793",
                "Root=1-00000000-000000000000000000000000",
                "Root=2-5759e988-bd862e3fe1be46a994272793",
                "Root=1_5759e988-bd862e3fe1be46a994272793",
                ROOT + ";" + ROOT,
                ROOT + ", " + ROOT,
                ROOT + ";Parent=53995c3f42cd8ad",
                ROOT + ";Parent=53995c3f42cd8adX",
                ROOT + ";Parent=53995c3f42cd8ad8;Parent=53995c3f42cd8ad8",
                ROOT + ";Sampled=2",
                ROOT + ";Sampled=",
                ROOT + ";Sampled=1;Sampled=0",
                ROOT + ";junk",
                ROOT + ";a=\u0000",
                ROOT + ";a=\u00e9",
                ROOT + ";\r\nSet-Cookie=a"
            })
    void aMalformedXAmznHeaderIsIgnored(String header) {
        assertThat(XAmznTraceId.parse(header)).isNull();
    }

    @Test
    void anOversizedHeaderIsIgnored() {
        assertThat(XAmznTraceId.parse(ROOT + ";a=" + "x".repeat(600))).isNull();
        assertThat(Traceparent.parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-" + "x".repeat(600)))
                .isNull();
    }

    @Test
    void readsATraceparent() {
        assertThat(Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
                .isEqualTo(new RemoteParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L, true));
        assertThat(Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"))
                .extracting(RemoteParent::sampled)
                .isEqualTo(false);
        assertThat(Traceparent.parse("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-will-be"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x"
            })
    void aMalformedTraceparentIsIgnored(String header) {
        assertThat(Traceparent.parse(header)).isNull();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        RemoteParent parent = new RemoteParent(0x0000000100000002L, 3, 4, false);
        assertThat(XAmznTraceId.parse(XAmznTraceId.format(0x0000000100000002L, 3, 4, false)))
                .isEqualTo(parent);
        assertThat(Traceparent.parse(Traceparent.format(0x0000000100000002L, 3, 4, false, false)))
                .isEqualTo(parent);
    }

    @Test
    void theRandomFlagIsReadAndWritten() {
        RemoteParent parent = Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02");
        assertThat(parent).isNotNull();
        assertThat(parent.sampled()).isFalse();
        assertThat(parent.carried().randomId()).isTrue();
        assertThat(Traceparent.format(1, 2, 3, true, true)).endsWith("-03");
        assertThat(Traceparent.format(1, 2, 3, false, true)).endsWith("-02");
    }

    @Test
    void flagsThatAreNotKnownAreNotRead() {
        assertThat(Traceparent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fc"))
                .isEqualTo(new RemoteParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L, false));
    }
}
