package io.cruddur.obs.test.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The body of a PutLogEvents, read token by token: a million events must not cost a tree each. */
final class Batch {
    private static final JsonFactory JSON = new JsonFactory();

    private final boolean keepMessages;
    private String group = "";
    private String stream = "";
    private @Nullable Map<String, String> entity;
    private long[] timestamps = new long[1_024];
    private int[] bytes = new int[1_024];
    private final List<String> messages = new ArrayList<>();
    private int count;

    private Batch(boolean keepMessages) {
        this.keepMessages = keepMessages;
    }

    /** @param keepMessages false leaves the texts out, once their bytes are counted */
    static Batch read(byte[] body, boolean keepMessages) {
        var batch = new Batch(keepMessages);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            batch.read(parser);
        }
        return batch;
    }

    private void read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ServiceError("SerializationException", "Start of structure or map found where not expected.");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "logGroupName" -> group = parser.getString();
                case "logStreamName" -> stream = parser.getString();
                case "logEvents" -> events(parser);
                case "entity" -> entity = keyAttributes(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void events(JsonParser parser) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            if (count == timestamps.length) {
                timestamps = Arrays.copyOf(timestamps, 2 * count);
                bytes = Arrays.copyOf(bytes, 2 * count);
            }
            timestamps[count] = -1;
            bytes[count] = -1;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("timestamp") && value == JsonToken.VALUE_NUMBER_INT) {
                    timestamps[count] = parser.getLongValue();
                } else if (name.equals("message") && value == JsonToken.VALUE_STRING) {
                    bytes[count] = utf8Length(
                            parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
                    if (keepMessages) {
                        messages.add(parser.getString());
                    }
                } else {
                    parser.skipChildren();
                }
            }
            count++;
        }
    }

    private static Map<String, String> keyAttributes(JsonParser parser) {
        var found = new HashMap<String, String>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean keys = parser.currentName().equals("keyAttributes");
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                // Further attributes stand beside the keys under their own names, with a mark.
                found.put(keys ? name : "+" + name, parser.getString());
            }
        }
        return found;
    }

    /** As the service counts: a lone surrogate takes three, as the character does that is put in its place. */
    private static int utf8Length(char[] text, int from, int length) {
        int bytes = 0;
        for (int i = from; i < from + length; i++) {
            char c = text[i];
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c) && i + 1 < from + length && Character.isLowSurrogate(text[i + 1])) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    String group() {
        return group;
    }

    String stream() {
        return stream;
    }

    @Nullable Map<String, String> entity() {
        return entity;
    }

    int count() {
        return count;
    }

    long timestamp(int index) {
        return timestamps[index];
    }

    /** The message's bytes in UTF-8; -1 if it has none. */
    int bytes(int index) {
        return bytes[index];
    }

    String message(int index) {
        return messages.get(index);
    }
}
