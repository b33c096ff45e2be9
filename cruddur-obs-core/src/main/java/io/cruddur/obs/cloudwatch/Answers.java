package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.aws.ErrorWords;
import io.cruddur.obs.aws.SdkFailures;
import io.cruddur.obs.delivery.Answer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a call that failed means to the pipeline. */
final class Answers {
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final String NAMES = "The service does not take the name of the log group or of the log stream.";

    private final String group;

    Answers(String group) {
        this.group = group;
    }

    Answer of(RuntimeException failure) {
        return failure instanceof AwsServiceException service ? ofService(service) : SdkFailures.ofClient(failure);
    }

    private Answer ofService(AwsServiceException failure) {
        String code = ErrorCodes.of(failure);
        int status = failure.statusCode();
        if (code.equals(ErrorCodes.ALREADY_ACCEPTED)) {
            return Answer.DELIVERED;
        }
        if (ErrorWords.isAboutCredentials(code) || SdkFailures.isAboutCredentials(status)) {
            return new Answer.Unauthorized(
                    code, code.startsWith("AccessDenied") ? permissions() : SdkFailures.OTHER_CREDENTIALS);
        }
        boolean ofTheCall = ErrorWords.isAboutTheCall(code) && status < 500;
        if (ofTheCall && isAboutNames(failure)) {
            return new Answer.Unauthorized(code, NAMES);
        }
        if (ofTheCall || status == PAYLOAD_TOO_LARGE) {
            return new Answer.Refused(code);
        }
        return SdkFailures.later(failure, code);
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
}
