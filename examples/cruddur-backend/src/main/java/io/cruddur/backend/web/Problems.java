package io.cruddur.backend.web;

import io.cruddur.obs.Obs;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import software.amazon.awssdk.core.exception.SdkException;

/** What the caller hears of what went wrong. What is not here is a 500, and Cruddur Obs reports it. */
@RestControllerAdvice
class Problems {
    private static final Logger LOGGER = LoggerFactory.getLogger(Problems.class);

    private final Obs obs;

    Problems(Obs obs) {
        this.obs = obs;
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
    List<String> invalid(InvalidInputException e) {
        LOGGER.atDebug().addKeyValue("problems", e.problems()).log("Input refused");
        return e.problems();
    }

    @ExceptionHandler(NotFoundException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Map<String, Object> notFound() {
        return Map.of();
    }

    @ExceptionHandler(NotSignedInException.class)
    @ResponseStatus(HttpStatus.UNAUTHORIZED)
    Map<String, Object> notSignedIn() {
        return Map.of();
    }

    /** DynamoDB is down or busy; or else it refuses what we ask, which is a 500 as if it were not handled here. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> ofDynamoDb(SdkException e) {
        if (Refused.byDynamoDb(e)) {
            throw e;
        }
        return unavailable(e);
    }

    /** A store that does not answer. Handled here, so that nobody else reports it: it is reported, once. */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<Map<String, Object>> unavailable(Exception e) {
        obs.error(e).report();
        LOGGER.atError().setCause(e).log("A store does not answer");
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(Map.of());
    }
}
