package io.cruddur.obs.console.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes texts of what should be texts. Whoever sends may put any JSON anywhere; the page must get a text where it draws
 * one, since an object there is no text to it, and might even be one that its drawing library takes for its own.
 */
public final class PlainText {

    private PlainText() {}

    /** A text as it is, other values as they are written, what is nested as its JSON; null for null or nothing. */
    public static @Nullable String of(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) return null;
        return value.isContainer() ? value.toString() : value.asString("");
    }

    /** Those of the keys that the object has become texts; what is null goes. */
    public static void at(JsonNode object, String... keys) {
        if (!(object instanceof ObjectNode fields)) return;
        for (String key : keys) {
            JsonNode value = fields.path(key);
            if (value.isMissingNode() || value.isString()) continue;
            String text = of(value);
            if (text == null) fields.remove(key);
            else fields.put(key, text);
        }
    }

    /** Numbers stay what they are. */
    public static void orNumberAt(JsonNode object, String... keys) {
        for (String key : keys) {
            if (!object.path(key).isNumber()) at(object, key);
        }
    }

    /** A copy in which what is nested is a text; numbers and booleans stay what they are. */
    public static ObjectNode flat(JsonNode object) {
        ObjectNode flat = Json.object();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            if (value.isContainer()) flat.put(entry.getKey(), value.toString());
            else flat.set(entry.getKey(), value);
        }
        return flat;
    }

    /** The frames of a stack under the key, in X-Ray's words or Rollbar's: a list of objects and texts, or one text. */
    public static void framesAt(ObjectNode thrown, String key) {
        if (!(thrown.path(key) instanceof ArrayNode frames)) {
            at(thrown, key);
            return;
        }
        for (int i = 0; i < frames.size(); i++) {
            JsonNode frame = frames.path(i);
            at(frame, "path", "label", "filename", "class_name", "className", "method");
            orNumberAt(frame, "line", "lineno");
            if (!frame.isObject()) frames.set(i, String.valueOf(of(frame)));
        }
    }
}
