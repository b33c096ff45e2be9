package io.cruddur.obs.console.internal.http;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Map;

/** A request that cannot be answered as asked: the status, what is wrong, and what to do instead. */
public class Problem extends RuntimeException {

    private final int status;
    private final String error;
    private final String hint;
    private final transient Map<String, String> headers;

    public Problem(int status, String error, String hint) {
        this(status, error, hint, Map.of());
    }

    Problem(int status, String error, String hint, Map<String, String> headers) {
        super(error, null, false, false);
        this.status = status;
        this.error = error;
        this.hint = hint;
        this.headers = headers;
    }

    public static Problem badRequest(String error, String hint) {
        return new Problem(400, error, hint);
    }

    public static Problem notFound(String error, String hint) {
        return new Problem(404, error, hint);
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }

    Answer answer() {
        return Answer.json(status, Json.object().put("error", error).put("hint", hint))
                .with(headers);
    }
}
