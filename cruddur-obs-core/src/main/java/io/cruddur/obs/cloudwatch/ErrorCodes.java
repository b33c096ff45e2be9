package io.cruddur.obs.cloudwatch;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The service's words for what went wrong. The list is closed: a word becomes a counter's key, and an answer that makes up
 * its own must not make up keys.
 */
final class ErrorCodes {
    private static final Set<String> THROTTLING = Set.of(
            "ThrottlingException",
            "Throttling",
            "ThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown");

    static final Set<String> CREDENTIALS = Set.of(
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "AccessDenied",
            "AccessDeniedException",
            "NotAuthorized",
            "OptInRequired",
            "InvalidClientTokenId");

    /** What is wrong with the events themselves, so that no retry helps. */
    static final Set<String> OF_THE_EVENTS = Set.of(
            "InvalidParameterException", "InvalidParameterValue", "ValidationException", "SerializationException");

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
        return THROTTLING.contains(code)
                || CREDENTIALS.contains(code)
                || OF_THE_EVENTS.contains(code)
                || OTHERS.contains(code);
    }
}
