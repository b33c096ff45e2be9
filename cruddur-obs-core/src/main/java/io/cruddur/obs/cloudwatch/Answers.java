package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.delivery.Answer;
import java.io.IOException;
import java.net.HttpRetryException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** What a call that failed means to the pipeline. */
final class Answers {
    /** By the service, or by a proxy for itself. */
    private static final Set<Integer> CREDENTIALS_WANTED = Set.of(401, 403, 407);

    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int LONGEST_MESSAGE = 200;
    private static final String NO_CREDENTIALS =
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile with AWS_PROFILE, or give the task, the pod "
                    + "or the instance a role.";
    private static final String NO_REGION =
            "Set AWS_REGION, such as eu-central-1, or the region in the builder or in cruddur.obs.logs.region.";
    private static final String OTHER_CREDENTIALS =
            "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role, that they have not expired, and that this "
                    + "machine's clock is right.";

    private static final String NAMES = "The service does not take the name of the log group or of the log stream.";

    private final String group;

    Answers(String group) {
        this.group = group;
    }

    Answer of(RuntimeException failure) {
        return failure instanceof AwsServiceException service ? ofService(service) : ofClient(failure);
    }

    private Answer ofService(AwsServiceException failure) {
        String code = ErrorCodes.of(failure);
        int status = failure.statusCode();
        if (code.equals(ErrorCodes.ALREADY_ACCEPTED)) {
            return Answer.DELIVERED;
        }
        if (ErrorCodes.CREDENTIALS.contains(code) || CREDENTIALS_WANTED.contains(status)) {
            return new Answer.Unauthorized(code, code.startsWith("AccessDenied") ? permissions() : OTHER_CREDENTIALS);
        }
        boolean ofTheCall = ErrorCodes.OF_THE_EVENTS.contains(code) && status < 500;
        if (ofTheCall && isAboutNames(failure)) {
            return new Answer.Unauthorized(code, NAMES);
        }
        if (ofTheCall || status == PAYLOAD_TOO_LARGE) {
            return new Answer.Refused(code);
        }
        return new Answer.Retry(code, retryAfter(failure));
    }

    /** Why a group or stream cannot be created says nothing of the events: they are kept, if need be for a person to act. */
    Answer ofCreation(RuntimeException failure) {
        Answer answer = of(failure);
        if (failure instanceof AwsServiceException service) {
            String code = ErrorCodes.of(service);
            boolean ofTheEvents = answer instanceof Answer.Refused || answer instanceof Answer.Delivered;
            if (ofTheEvents || code.equals(ErrorCodes.LIMIT)) {
                return new Answer.Unauthorized(code, permissions());
            }
        }
        return answer;
    }

    /** As its checks say it: Value at 'logGroupName' failed. They were checked at the start; if the service sees them otherwise, that is not the events' fault. */
    private static boolean isAboutNames(AwsServiceException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("at 'logGroupName'") || message.contains("at 'logStreamName'");
    }

    private String permissions() {
        return "Create the log group " + group + ", or allow logs:CreateLogGroup, logs:CreateLogStream and "
                + "logs:PutLogEvents on it.";
    }

    private static Duration retryAfter(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return Duration.ZERO;
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    private static Answer ofClient(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("unable to load credentials")) {
            return new Answer.Unauthorized("no credentials were found", NO_CREDENTIALS);
        }
        if (message.contains("unable to load region")) {
            return new Answer.Unauthorized("no AWS region was found", NO_REGION);
        }
        if (failure instanceof ApiCallAttemptTimeoutException || failure instanceof ApiCallTimeoutException) {
            return Answer.unreachable("timeout");
        }
        if (failure instanceof AbortedException) {
            return Answer.unreachable("interrupted");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpRetryException asked && CREDENTIALS_WANTED.contains(asked.responseCode())) {
                // The JDK's client does not show an answer that asks for a password.
                return new Answer.Unauthorized("http_" + asked.responseCode(), OTHER_CREDENTIALS);
            }
            if (cause instanceof IOException) {
                return Answer.unreachable(shortened(cause.toString()));
            }
        }
        // Without the message: it may repeat what came, which may be anything.
        return Answer.retry(
                "an answer that is not the service's, or " + failure.getClass().getName());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE);
    }
}
