package io.cruddur.obs.propagation;

import static io.cruddur.obs.propagation.PropagationFormat.B3;
import static io.cruddur.obs.propagation.PropagationFormat.B3_MULTI;
import static io.cruddur.obs.propagation.PropagationFormat.W3C;
import static io.cruddur.obs.propagation.PropagationFormat.XRAY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropagationTest {
    @Test
    void aFormatThatIsNamedTwiceCountsOnce() {
        Propagation propagation = Propagation.DEFAULT.reading(W3C, XRAY, W3C).writing(B3, B3);
        assertThat(propagation.read()).containsExactly(W3C, XRAY);
        assertThat(propagation.write()).containsExactly(B3);
    }

    @Test
    void otelPropagatorsNameWhatIsReadAndWrittenInTheirOrder() {
        Propagation propagation = Propagation.ofOtelPropagators(" TraceContext, b3multi,b3 ,xray,");
        assertThat(propagation.read()).containsExactly(W3C, B3_MULTI, B3, XRAY);
        assertThat(propagation.write()).isEqualTo(propagation.read());
        assertThat(propagation.baggage()).isFalse();
        assertThat(Propagation.ofOtelPropagators("tracecontext,baggage").baggage())
                .isTrue();
    }

    @Test
    void noneIsNothing() {
        Propagation none = Propagation.ofOtelPropagators("none");
        assertThat(none.read()).isEmpty();
        assertThat(none.write()).isEmpty();
        assertThat(none.baggage()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "jaeger", "ottrace, xray-lambda"})
    void aVariableThatNamesNothingOfOursChangesNothing(String names) {
        assertThat(Propagation.ofOtelPropagators(names)).isEqualTo(Propagation.DEFAULT);
    }

    @Test
    void namesOfOthersArePassedOver() {
        assertThat(Propagation.ofOtelPropagators("jaeger,b3").read()).containsExactly(B3);
    }
}
