package io.cruddur.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class RefusedTest {

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException, true",
        "400, ValidationException, true",
        "400, ResourceNotFoundException, true",
        "400, UnrecognizedClientException, true",
        "400, ThrottlingException, false",
        "400, ProvisionedThroughputExceededException, false",
        "400, RequestLimitExceeded, false",
        "500, InternalServerError, false",
        "503, ServiceUnavailable, false"
    })
    void whatTheServiceWouldRefuseAgain(int status, String code, boolean refused) {
        var answer = DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

        assertThat(Refused.byDynamoDb(answer)).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        "ValidationError, true",
        "ItemCollectionSizeLimitExceeded, true",
        "TransactionConflict, false",
        "ConditionalCheckFailed, false",
        "ThrottlingError, false"
    })
    void aTransactionIsRefusedForOneOfItsReasons(String code, boolean refused) {
        var cancelled = TransactionCanceledException.builder()
                .statusCode(400)
                .cancellationReasons(Stream.of("None", code)
                        .map(reason -> CancellationReason.builder().code(reason).build())
                        .toList())
                .build();

        assertThat(Refused.byDynamoDb(cancelled)).isEqualTo(refused);
    }

    @Test
    void noAnswerIsNoRefusal() {
        assertThat(Refused.byDynamoDb(ApiCallTimeoutException.create(1_000))).isFalse();
    }
}
