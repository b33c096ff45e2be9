package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.json.Json;

/** An error as CloudWatch Logs answers it: a type that SDKs turn into an exception, and a message. */
final class ServiceError extends Problem {

    private final String type;

    private ServiceError(int status, String type, String text) {
        super(status, text, "See the CloudWatch Logs API reference.");
        this.type = type;
    }

    static ServiceError of(String type, String text) {
        return new ServiceError(400, type, text);
    }

    /** In the service's words, which has few: a request that cannot be read, and its own failure. */
    static ServiceError of(Problem problem) {
        if (problem instanceof ServiceError known) return known;
        if (problem.status() < 500) return serialization(problem.error());
        return new ServiceError(problem.status(), "InternalFailure", problem.error());
    }

    static ServiceError invalidParameter(String text) {
        return of("InvalidParameterException", text);
    }

    static ServiceError notFound(String what) {
        return of("ResourceNotFoundException", "The specified log " + what + " does not exist.");
    }

    static ServiceError alreadyExists(String what) {
        return of("ResourceAlreadyExistsException", "The specified log " + what + " already exists");
    }

    static ServiceError limitExceeded() {
        return of("LimitExceededException", "Resource limit exceeded.");
    }

    static ServiceError serialization(String text) {
        return of("SerializationException", text);
    }

    static ServiceError unknownOperation() {
        return of("UnknownOperationException", "The console does not know this operation.");
    }

    static ServiceError badToken() {
        return of(
                "UnrecognizedClientException",
                "The security token included in the request is invalid:"
                        + " reading here takes the console's token as the access key id.");
    }

    Answer inItsShape() {
        return Answer.json(
                status(),
                CloudWatchLogsApi.CONTENT_TYPE,
                Json.object().put("__type", type).put("message", error()));
    }
}
