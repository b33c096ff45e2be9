package io.cruddur.obs.aws;

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

/** What the exceptions of the AWS SDK mean to a pipeline. */
public final class SdkFailures {
    /** The next step for who reads that the service does not take the credentials. */
    public static final String OTHER_CREDENTIALS =
            "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role, that they have not expired, and that this "
                    + "machine's clock is right.";

    private static final int LONGEST_MESSAGE = 200;
    /** By the service, or by a proxy for itself. */
    private static final Set<Integer> CREDENTIALS_WANTED = Set.of(401, 403, 407);

    private static final String NO_CREDENTIALS =
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile with AWS_PROFILE, or give the task, the pod "
                    + "or the instance a role.";
    private static final String NO_REGION =
            "Set AWS_REGION, such as eu-central-1, or the region in the builder or in cruddur.obs.logs.region.";

    private SdkFailures() {}

    /** Whether a status asks for other credentials. */
    public static boolean isAboutCredentials(int status) {
        return CREDENTIALS_WANTED.contains(status);
    }

    /** What the service cannot take now, by its own word or by its status. */
    public static Answer later(AwsServiceException failure, String reason) {
        Duration after = retryAfter(failure);
        return ErrorWords.isThrottling(reason)
                ? Answer.Retry.throttled(reason, after)
                : Answer.Retry.ofStatus(failure.statusCode(), reason, after);
    }

    /** The wait that the service asked for; zero if it did not. */
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

    /** A failure that is not the service's own. */
    public static Answer ofClient(RuntimeException failure) {
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
            if (cause instanceof HttpRetryException asked && isAboutCredentials(asked.responseCode())) {
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
