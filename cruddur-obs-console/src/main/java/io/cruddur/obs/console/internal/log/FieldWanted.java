package io.cruddur.obs.console.internal.log;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A field with a value, by the name and in the words that the page shows of both. */
final class FieldWanted {

    private final String key;
    private final String value;
    private final Needle valueInLine;

    /** If the value can be a number, which a line may write in other digits: its key, which it writes in any case. */
    private final @Nullable Needle keyInLine;

    private final double number;

    FieldWanted(String key, String value, Needle valueInLine) {
        this.key = key;
        this.value = value;
        this.valueInLine = valueInLine;
        this.number = number(value);
        this.keyInLine = Double.isNaN(number) ? null : new Needle(key.substring(key.lastIndexOf('.') + 1));
    }

    /** Only a line in which it may be is read. */
    boolean fits(LogLine line) {
        if (key.equals("group")) return value.equals(line.group());
        if (key.equals("stream")) return value.equals(line.stream());
        if (!valueInLine.isIn(line.utf8()) && (keyInLine == null || !keyInLine.isIn(line.utf8()))) return false;
        JsonNode json = line.json();
        if (json == null) return false;
        JsonNode fields = json.path("fields");
        Stream<JsonNode> places =
                Stream.of(json.path(key), fields.path(key), json.path("mdc").path(key));
        if (key.startsWith(LogLine.AMONG_FIELDS)) {
            places = Stream.concat(places, Stream.of(fields.path(key.substring(LogLine.AMONG_FIELDS.length()))));
        }
        return places.anyMatch(this::isValue);
    }

    private boolean isValue(JsonNode found) {
        // 1.0 and 1e0 are 1 to the page, as to all JavaScript.
        if (found.isNumber()) return found.doubleValue() == number;
        return found.isValueNode() && found.asString("").equals(value);
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
