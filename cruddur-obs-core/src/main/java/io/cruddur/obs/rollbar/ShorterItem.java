package io.cruddur.obs.rollbar;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.cruddur.obs.capture.CapturedValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An item that is too large, with less of everything: long texts and long lists lose their middle or their end, what
 * happened before goes first, the exception and its place stay. An item says that it is one of these.
 */
final class ShorterItem {
    private record Step(int chars, int frames, int entries, int events, int causes) {}

    /** No step is shorter than a link. */
    private static final List<Step> STEPS = List.of(
            new Step(4_096, 100, 200, 20, 10),
            new Step(1_024, 50, 50, 5, 10),
            new Step(256, 20, 10, 0, 4),
            new Step(200, 6, 0, 0, 2));

    private ShorterItem() {}

    /** The item with no more bytes than that, or as near as can be; the same one where nothing can be left out. */
    static byte[] of(byte[] item, int mostBytes) {
        byte[] shorter = item;
        for (int i = 0; i < STEPS.size() && shorter.length > mostBytes; i++) {
            shorter = with(STEPS.get(i), item);
        }
        return shorter.length < item.length ? shorter : item;
    }

    private static byte[] with(Step step, byte[] item) {
        JsonObject data = JsonParser.parseString(new String(item, StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonObject("data");
        JsonObject body = data.getAsJsonObject("body");
        if (body.get("telemetry") instanceof JsonArray events) {
            keepLast(events, step.events);
            if (events.isEmpty()) {
                body.remove("telemetry");
            }
        }
        if (body.get("trace_chain") instanceof JsonArray chain) {
            keepEnds(chain, step.causes);
            chain.forEach(trace -> frames(trace, step));
        } else if (body.has("trace")) {
            frames(body.get("trace"), step);
        }
        if (data.get("custom") instanceof JsonObject custom) {
            custom.entrySet().forEach(entry -> entries(entry.getValue(), step));
            custom.addProperty("truncated", true);
        }
        texts(data, step.chars);
        var whole = new JsonObject();
        whole.add("data", data);
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void frames(JsonElement trace, Step step) {
        if (trace instanceof JsonObject object && object.get("frames") instanceof JsonArray frames) {
            keepEnds(frames, step.frames);
        }
    }

    /** What is in the middle goes: in a stack, the frameworks. */
    private static void keepEnds(JsonArray array, int most) {
        while (array.size() > most) {
            array.remove(most / 2);
        }
    }

    private static void keepLast(JsonArray array, int most) {
        while (array.size() > most) {
            array.remove(0);
        }
    }

    private static void entries(JsonElement value, Step step) {
        if (value instanceof JsonArray array) {
            while (array.size() > step.entries) {
                array.remove(array.size() - 1);
            }
            array.forEach(inner -> entries(inner, step));
        } else if (value instanceof JsonObject object) {
            List<String> keys = new ArrayList<>(object.keySet());
            keys.stream().skip(step.entries).forEach(object::remove);
            object.entrySet().forEach(entry -> entries(entry.getValue(), step));
        }
    }

    /** Ids and names that have to stay whole are shorter than any bound. */
    private static void texts(JsonElement in, int chars) {
        if (in instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (isLong(array.get(i), chars)) {
                    array.set(i, shortened(array.get(i), chars));
                } else {
                    texts(array.get(i), chars);
                }
            }
        } else if (in instanceof JsonObject object) {
            object.entrySet().forEach(entry -> {
                if (isLong(entry.getValue(), chars)) {
                    entry.setValue(shortened(entry.getValue(), chars));
                } else {
                    texts(entry.getValue(), chars);
                }
            });
        }
    }

    private static boolean isLong(JsonElement value, int chars) {
        return value instanceof JsonPrimitive text
                && text.isString()
                && text.getAsString().length() > chars;
    }

    private static JsonPrimitive shortened(JsonElement text, int chars) {
        return new JsonPrimitive(CapturedValue.shortened(text.getAsString(), chars));
    }
}
