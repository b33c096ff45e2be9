package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.delivery.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/** What the service's answers mean to the pipeline. */
final class Answers {
    private static final Set<String> CREDENTIALS = Set.of(
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredTokenException",
            "AccessDeniedException",
            "InvalidClientTokenId");

    /** What is wrong with the events themselves, so that no retry helps; anything else may pass. */
    private static final Set<String> OF_THE_EVENTS =
            Set.of("InvalidParameterException", "ValidationException", "SerializationException");

    private static final String ADVICE =
            "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, or the role, and "
                    + "that it may call logs:CreateLogGroup, logs:CreateLogStream and logs:PutLogEvents.";

    private Answers() {}

    /** The events that the service took with 200 and then refused, by index. */
    static Answer of(PutLogEventsResponse response, int count) {
        RejectedLogEventsInfo info = response.rejectedLogEventsInfo();
        if (info == null) {
            return Answer.DELIVERED;
        }
        Map<Integer, String> rejected = new HashMap<>();
        mark(rejected, 0, Math.min(count, orElse(info.tooOldLogEventEndIndex(), 0)), "too_old");
        mark(rejected, 0, Math.min(count, orElse(info.expiredLogEventEndIndex(), 0)), "expired");
        mark(rejected, Math.max(0, orElse(info.tooNewLogEventStartIndex(), count)), count, "too_new");
        return new Answer.Delivered(rejected);
    }

    static Answer of(RuntimeException failure) {
        if (failure instanceof AwsServiceException service) {
            String code = code(service);
            if (service.isThrottlingException() || service.statusCode() >= 500) {
                return Answer.retry(code);
            }
            if (CREDENTIALS.contains(code) || service.statusCode() == 401 || service.statusCode() == 403) {
                return new Answer.Unauthorized(code, ADVICE);
            }
            return OF_THE_EVENTS.contains(code) ? new Answer.Refused(code) : Answer.retry(code);
        }
        if (failure instanceof SdkClientException
                && String.valueOf(failure.getMessage()).contains("credentials")) {
            return new Answer.Unauthorized("no credentials", ADVICE);
        }
        return Answer.retry(String.valueOf(failure.getMessage()));
    }

    /** A group or stream that cannot be created now says nothing of the events: they are kept. */
    static Answer ofCreation(RuntimeException failure) {
        Answer answer = of(failure);
        return answer instanceof Answer.Refused refused ? Answer.retry(refused.reason()) : answer;
    }

    /** A proxy's answer has no code of the service's. */
    private static String code(AwsServiceException service) {
        AwsErrorDetails details = service.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "http_" + service.statusCode() : code;
    }

    private static void mark(Map<Integer, String> rejected, int from, int to, String reason) {
        for (int i = from; i < to; i++) {
            rejected.put(i, reason);
        }
    }

    private static int orElse(Integer value, int other) {
        return value == null ? other : value;
    }
}
