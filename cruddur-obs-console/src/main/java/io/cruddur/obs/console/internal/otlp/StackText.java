package io.cruddur.obs.console.internal.otlp;

import io.cruddur.obs.console.internal.json.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A stack trace as text, as frames: Java's line by line, any other language's each line as it is. */
final class StackText {

    private static final int MAX_FRAMES = 200;
    private static final Pattern JAVA =
            Pattern.compile("\\s*at (?:[^\\s(]*/)?([^\\s(]+)\\(([^:)]*)(?::(\\d{1,7}))?\\)");

    private StackText() {}

    static ArrayNode frames(String stack) {
        ArrayNode frames = Json.array();
        boolean java = stack.contains("\tat ");
        for (String line : stack.split("\n", MAX_FRAMES + 2)) {
            if (frames.size() == MAX_FRAMES) break;
            if (java) {
                // What comes after it belongs to a cause, whose frames would read as callers.
                if (line.startsWith("Caused by:")) break;
                javaFrame(line, frames);
            } else if (!line.isBlank()) {
                frames.addObject().put("label", line.strip());
            }
        }
        return frames;
    }

    private static void javaFrame(String line, ArrayNode frames) {
        Matcher frame = JAVA.matcher(line);
        if (!frame.matches()) return;
        ObjectNode json = frames.addObject().put("path", frame.group(2)).put("label", frame.group(1));
        if (frame.group(3) != null) json.put("line", Integer.parseInt(frame.group(3)));
    }
}
