package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happened, by the body of an item.
 *
 * @param title for people
 * @param identity equal for what belongs to one group: class and top frame of the exception, or the message
 */
record ErrorBody(String title, String identity) {

    static ErrorBody of(JsonNode body) throws ErrorItem.Invalid {
        JsonNode chain = body.path("trace_chain");
        JsonNode trace = chain.isArray() && !chain.isEmpty() ? chain.path(0) : body.path("trace");
        if (trace.isObject()) return ofTrace(trace);
        JsonNode message = body.path("message");
        if (message.isObject()) return ofMessage(message);
        throw new ErrorItem.Invalid("data.body must have a trace, a trace_chain or a message");
    }

    private static ErrorBody ofTrace(JsonNode trace) throws ErrorItem.Invalid {
        JsonNode exception = trace.path("exception");
        String type = Json.text(exception, "class");
        if (type == null) throw new ErrorItem.Invalid("a trace needs an exception with its class");
        if (!trace.path("frames").isArray()) throw new ErrorItem.Invalid("a trace needs its frames");
        String message = Json.text(exception, "message");
        return new ErrorBody(message == null ? type : type + ": " + message, type + " at " + topFrame(trace));
    }

    /** Rollbar's frames end with the one that threw. Its line is left out: it moves with each edit above it. */
    private static String topFrame(JsonNode trace) {
        JsonNode frames = trace.path("frames");
        JsonNode top = frames.path(frames.size() - 1);
        return orEmpty(Json.text(top, "filename"))
                + " " + orEmpty(Json.text(top, "class_name"))
                + " " + orEmpty(Json.text(top, "method"));
    }

    private static ErrorBody ofMessage(JsonNode message) throws ErrorItem.Invalid {
        String text = Json.text(message, "body");
        if (text == null) throw new ErrorItem.Invalid("a message needs its body");
        return new ErrorBody(text, text);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
