package io.cruddur.backend.web;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Tells what a store has refused, and would refuse again, from what is over in a moment. */
final class Refused {
    /** Why a transaction was cancelled, where no second attempt helps. */
    private static final Set<String> FOR_GOOD = Set.of("ValidationError", "ItemCollectionSizeLimitExceeded");

    private Refused() {}

    /** Whether the service has answered that the request is wrong or not allowed, and not just that it is one too many. */
    static boolean byDynamoDb(SdkException e) {
        if (e instanceof TransactionCanceledException cancelled) {
            return cancelled.cancellationReasons().stream().anyMatch(reason -> FOR_GOOD.contains(reason.code()));
        }
        return e instanceof AwsServiceException answer && answer.statusCode() < 500 && !answer.isThrottlingException();
    }
}
