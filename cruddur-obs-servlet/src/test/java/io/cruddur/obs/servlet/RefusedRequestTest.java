package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RefusedRequestTest {
    /** What throws while it is asked would not be reported. */
    @Test
    void anExceptionThatDoesNotSayItsCauseIsNeitherRefusedNorOfAClientThatIsGone() {
        var hostile = new IOException("hostile") {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause");
            }
        };
        assertThat(RefusedRequest.status(hostile)).isZero();
        assertThat(Disconnect.isCauseOf(hostile)).isFalse();
    }
}
