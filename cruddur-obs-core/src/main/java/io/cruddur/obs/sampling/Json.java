package io.cruddur.obs.sampling;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Reads JSON whose author is not trusted: what is missing or of another type is null, never an exception. */
final class Json {
    /** Rules nest four deep. */
    private static final int MAX_DEPTH = 32;

    private Json() {}

    /**
     * An object and nothing after it.
     *
     * @throws IOException if it is none, with a message of one line
     */
    static JsonObject object(String text, Strictness strictness) throws IOException {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(strictness);
        reader.setNestingLimit(MAX_DEPTH);
        try {
            JsonElement element = JsonParser.parseReader(reader);
            if (element.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException | NumberFormatException | MalformedJsonException e) {
            throw new IOException("not JSON: " + firstLine(e), e);
        }
        throw new IOException("not a JSON object");
    }

    private static String firstLine(Exception e) {
        Throwable said = e.getCause() == null ? e : e.getCause();
        return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
    }

    static @Nullable String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value && value.isString() ? value.getAsString() : null;
    }

    /** A finite number. */
    static @Nullable Double number(JsonObject object, String key) {
        if (object.get(key) instanceof JsonPrimitive value && value.isNumber()) {
            double number = value.getAsDouble();
            return Double.isFinite(number) ? number : null;
        }
        return null;
    }

    /** A whole number from 0 to the largest {@code int}. */
    static @Nullable Integer count(JsonObject object, String key) {
        Double number = number(object, key);
        return number != null && number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number)
                ? (Integer) number.intValue()
                : null;
    }

    /** A number from 0 to 1. */
    static @Nullable Double share(JsonObject object, String key) {
        Double number = number(object, key);
        return number != null && number >= 0 && number <= 1 ? number : null;
    }

    static @Nullable JsonObject object(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject found ? found : null;
    }

    static @Nullable JsonArray array(JsonObject object, String key) {
        return object.get(key) instanceof JsonArray found ? found : null;
    }
}
