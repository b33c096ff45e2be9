package io.cruddur.obs.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.RemoteParent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class B3HeadersTest {
    private static final String TRACE = "80f198ee56343ba864fe8b2a57d3eff7";
    private static final String SPAN = "e457b5a2e4d86bd1";

    private static RemoteParent parent(@Nullable Boolean sampled) {
        return new RemoteParent(0x80f198ee56343ba8L, 0x64fe8b2a57d3eff7L, 0xe457b5a2e4d86bd1L, sampled);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'', -", "-1, true", "-0, false", "-d, true", "-1-05e3ac9a4f6e3b90, true"})
    void readsTheSingleHeader(String rest, @Nullable Boolean sampled) {
        assertThat(B3Headers.parse(TRACE + "-" + SPAN + (rest.equals("-") ? "" : rest)))
                .isEqualTo(parent(sampled));
    }

    @Test
    void aTraceIdOf64BitsIsTheLastHalf() {
        RemoteParent expected = new RemoteParent(0, 0x64fe8b2a57d3eff7L, 0xe457b5a2e4d86bd1L, true);
        assertThat(B3Headers.parse("64fe8b2a57d3eff7-" + SPAN + "-1")).isEqualTo(expected);
        assertThat(B3Headers.parse("64fe8b2a57d3eff7", SPAN, "1", null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "d, true"})
    void aDecisionAloneHoldsForATraceOfOurs(String header, boolean sampled) {
        RemoteParent parent = B3Headers.parse(header);
        assertThat(parent).isNotNull();
        assertThat(parent.sampled()).isEqualTo(sampled);
        assertThat(parent.parentId()).isZero();
        assertThat(parent.traceIdHigh()).isNotZero();
        assertThat(B3Headers.parse(null, null, sampled ? "1" : "0", null))
                .extracting(RemoteParent::sampled)
                .isEqualTo(sampled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "-",
                "debug",
                TRACE,
                TRACE + "-",
                "-" + SPAN,
                TRACE + "-" + SPAN + "-",
                TRACE + "-" + SPAN + "-2",
                TRACE + "-" + SPAN + "-01",
                TRACE + "-" + SPAN + "-1-",
                TRACE + "-" + SPAN + "-1-05e3ac9a4f6e3b9",
                TRACE + "-" + SPAN + "-1-05e3ac9a4f6e3b9x",
                TRACE + "-" + SPAN + "-1-05e3ac9a4f6e3b901",
                TRACE + "-" + SPAN + "_1",
                TRACE + "-" + SPAN + "-1," + TRACE + "-" + SPAN + "-1",
                "80F198EE56343BA864FE8B2A57D3EFF7-" + SPAN,
                "80f198ee56343ba864fe8b2a57d3eff-" + SPAN,
                "00000000000000000000000000000000-" + SPAN,
                "0000000000000000-" + SPAN,
                TRACE + "-0000000000000000",
                TRACE + "-e457b5a2e4d86bg1",
            })
    void aMalformedSingleHeaderIsIgnored(String header) {
        assertThat(B3Headers.parse(header)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -",
                "1, -, true",
                "0, -, false",
                "true, -, true",
                "false, -, false",
                "-, 1, true",
                "0, 1, true",
                "0, 0, false"
            })
    void readsTheSeveralHeaders(@Nullable String sampled, @Nullable String flags, @Nullable Boolean expected) {
        assertThat(B3Headers.parse(TRACE, SPAN, sampled, flags)).isEqualTo(parent(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                TRACE + ", -, 1, -",
                "-, " + SPAN + ", 1, -",
                "-, -, 2, -",
                "-, -, -, 0",
                TRACE + "," + SPAN + ", yes, -",
                TRACE + "," + SPAN + ", '1,1', -",
                TRACE + "," + SPAN + ", 1, 2",
                TRACE + "," + SPAN + "0, 1, -",
                TRACE + "0," + SPAN + ", 1, -",
                "'" + TRACE + "," + TRACE + "'," + SPAN + ", 1, -",
                "00000000000000000000000000000000," + SPAN + ", 1, -",
                TRACE + ",0000000000000000, 1, -",
            })
    void malformedSeveralHeadersAreIgnored(
            @Nullable String traceId, @Nullable String spanId, @Nullable String sampled, @Nullable String flags) {
        assertThat(B3Headers.parse(traceId, spanId, sampled, flags)).isNull();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        RemoteParent parent = parent(false);
        long high = parent.traceIdHigh();
        long low = parent.traceIdLow();
        assertThat(B3Headers.parse(B3Headers.format(high, low, parent.parentId(), false)))
                .isEqualTo(parent);
        assertThat(B3Headers.parse(B3Headers.traceId(high, low), B3Headers.spanId(parent.parentId()), "0", null))
                .isEqualTo(parent);
    }
}
