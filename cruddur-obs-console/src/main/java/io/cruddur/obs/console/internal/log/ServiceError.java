package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.json.Json;

/** An error as CloudWatch Logs answers it: a type that SDKs turn into an exception, and a message. */
final class ServiceError extends RuntimeException {

    private final String type;
    private final String text;

    private ServiceError(String type, String text) {
        super(text, null, false, false);
        this.type = type;
        this.text = text;
    }

    static ServiceError of(String type, String text) {
        return new ServiceError(type, text);
    }

    static ServiceError invalidParameter(String text) {
        return new ServiceError("InvalidParameterException", text);
    }

    static ServiceError notFound(String what) {
        return new ServiceError("ResourceNotFoundException", "The specified log " + what + " does not exist.");
    }

    static ServiceError alreadyExists(String what) {
        return new ServiceError("ResourceAlreadyExistsException", "The specified log " + what + " already exists");
    }

    static ServiceError limitExceeded() {
        return new ServiceError("LimitExceededException", "Resource limit exceeded.");
    }

    static ServiceError serialization(String text) {
        return new ServiceError("SerializationException", text);
    }

    static ServiceError unknownOperation() {
        return new ServiceError("UnknownOperationException", "The console does not know this operation.");
    }

    static ServiceError badToken() {
        return new ServiceError(
                "UnrecognizedClientException",
                "The security token included in the request is invalid:"
                        + " reading here takes the console's token as the access key id.");
    }

    Answer answer() {
        return Answer.json(
                400,
                CloudWatchLogsApi.CONTENT_TYPE,
                Json.object().put("__type", type).put("message", text));
    }
}
