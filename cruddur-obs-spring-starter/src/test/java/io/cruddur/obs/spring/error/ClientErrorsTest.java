package io.cruddur.obs.spring.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class ClientErrorsTest {
    private final ClientErrors filter = new ClientErrors();

    @Test
    void whatBecomesAFourHundredIsAClientsFailure() {
        assertThat(filter.isReported(new ResponseStatusException(HttpStatus.GONE)))
                .isFalse();
        assertThat(filter.isReported(new ResponseStatusException(HttpStatus.BAD_GATEWAY)))
                .isTrue();
        assertThat(filter.isReported(new IllegalStateException())).isTrue();
    }

    /** Which Tomcat writes into its log as an error. */
    @Test
    void soIsWhatTheServerRefuses() {
        assertThat(filter.isReported(new InvalidParameterException("q"))).isFalse();
        assertThat(filter.isReported(new IllegalStateException(new InvalidParameterException("q"))))
                .isFalse();
    }
}
