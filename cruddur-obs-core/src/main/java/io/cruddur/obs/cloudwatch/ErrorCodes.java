package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.aws.ErrorWords;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The service's words for what went wrong. The list is closed: a word becomes a counter's key, and an answer that makes up
 * its own must not make up keys.
 */
final class ErrorCodes {
    static final String ALREADY_ACCEPTED = "DataAlreadyAcceptedException";

    /** Of the account: so many groups and no more. */
    static final String LIMIT = "LimitExceededException";

    private static final Set<String> OTHERS = Set.of(
            ALREADY_ACCEPTED,
            "InternalFailure",
            "InternalServerException",
            "InvalidOperationException",
            "InvalidSequenceTokenException",
            LIMIT,
            "OperationAbortedException",
            "ResourceAlreadyExistsException",
            "ResourceNotFoundException",
            "ServiceQuotaExceededException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "UnknownOperationException");

    private ErrorCodes() {}

    /** The service's word if it is one of those, else {@code http_} and the status: a proxy's answer has no word. */
    static String of(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code != null && isKnown(code) ? code : "http_" + failure.statusCode();
    }

    private static boolean isKnown(String code) {
        return ErrorWords.isThrottling(code)
                || ErrorWords.isAboutCredentials(code)
                || ErrorWords.isAboutTheCall(code)
                || OTHERS.contains(code);
    }
}
