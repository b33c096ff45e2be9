package io.cruddur.obs.test.logs;

/** What the service says no with. */
final class ServiceError extends RuntimeException {
    private final String code;

    ServiceError(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static ServiceError invalidParameter(String message) {
        return new ServiceError("InvalidParameterException", message);
    }

    static ServiceError notFound(String what) {
        return new ServiceError("ResourceNotFoundException", "The specified log " + what + " does not exist.");
    }

    static ServiceError alreadyExists(String what) {
        return new ServiceError("ResourceAlreadyExistsException", "The specified log " + what + " already exists");
    }

    String code() {
        return code;
    }

    Reply reply() {
        return Reply.error(400, code, String.valueOf(getMessage()));
    }
}
