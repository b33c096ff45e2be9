package io.cruddur.obs.console.internal.otlp;

import io.cruddur.obs.console.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The attributes of a span, an event or a resource: OTLP's lists of pairs as plain JSON, by key. */
final class Attributes {

    private final Map<String, JsonNode> byKey = new LinkedHashMap<>();

    /** @param pairs {@code [{"key": .., "value": {"stringValue": ..}}, ..]} */
    Attributes(JsonNode pairs) {
        for (JsonNode pair : pairs) {
            String key = Json.text(pair, "key");
            if (key != null) byKey.put(key, plain(pair.path("value")));
        }
    }

    Map<String, JsonNode> all() {
        return byKey;
    }

    /** The first of these keys that is there, as text. */
    @Nullable String text(String... keys) {
        for (String key : keys) {
            JsonNode value = byKey.get(key);
            if (value != null
                    && value.isValueNode()
                    && !value.isNull()
                    && !value.asString("").isEmpty()) {
                return value.asString();
            }
        }
        return null;
    }

    /** The first of these keys that is a whole number. */
    @Nullable Integer number(String... keys) {
        String text = text(keys);
        if (text == null) return null;
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        byKey.forEach(json::set);
        return json;
    }

    private static JsonNode plain(JsonNode value) {
        if (value.has("arrayValue")) {
            ArrayNode list = Json.array();
            for (JsonNode item : value.path("arrayValue").path("values")) list.add(plain(item));
            return list;
        }
        if (value.has("kvlistValue")) {
            return new Attributes(value.path("kvlistValue").path("values")).json();
        }
        // JSON has 64 bits as text: a number there would lose some.
        JsonNode whole = value.path("intValue");
        if (whole.isString()) return wholeNumber(whole.stringValue());
        for (Map.Entry<String, JsonNode> only : value.properties()) {
            if (only.getValue().isValueNode()) return only.getValue();
        }
        return StringNode.valueOf("");
    }

    private static JsonNode wholeNumber(String text) {
        try {
            return LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return StringNode.valueOf(text);
        }
    }
}
