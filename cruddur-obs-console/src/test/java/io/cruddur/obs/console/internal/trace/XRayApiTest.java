package io.cruddur.obs.console.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.internal.http.Answer;
import org.junit.jupiter.api.Test;

/** What no client can bring about, and still must not look as if another service had answered. */
class XRayApiTest {

    @Test
    @SuppressWarnings("NullAway") // the call is not looked at
    void aFailureOfTheConsoleHasTheShapeOfTheService() {
        Answer answer = XRayApi.shaped(call -> {
                    throw new IllegalStateException("broken");
                })
                .answer(null);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "InternalFailure");
    }
}
