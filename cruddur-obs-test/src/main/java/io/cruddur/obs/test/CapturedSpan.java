package io.cruddur.obs.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A span as it was sent, with the spans under it, in the order in which they began. Immutable once it is handed out. */
public final class CapturedSpan {
    private final JsonNode document;
    private final String traceId;
    private final @Nullable String parentId;
    private final List<CapturedSpan> children = new ArrayList<>();

    CapturedSpan(JsonNode document, String traceId, @Nullable String parentId) {
        this.document = document;
        this.traceId = traceId;
        this.parentId = parentId;
    }

    void add(CapturedSpan child) {
        children.add(child);
        children.sort((one, other) -> Double.compare(one.startTime(), other.startTime()));
    }

    /** What was sent, as X-Ray gets it. */
    public JsonNode document() {
        return document;
    }

    /** The name. */
    public String name() {
        return document.path("name").asString("");
    }

    /** 16 hexadecimal digits. */
    public String id() {
        return document.path("id").asString("");
    }

    /** As X-Ray writes it. */
    public String traceId() {
        return traceId;
    }

    /** The parent's id, in this process or another; empty for the first span of a trace. */
    public Optional<String> parentId() {
        return Optional.ofNullable(parentId);
    }

    /** The spans that began under it. */
    public List<CapturedSpan> children() {
        return List.copyOf(children);
    }

    /** Epoch seconds. */
    public double startTime() {
        return document.path("start_time").asDouble();
    }

    /** An annotation's value: a string, a number or a boolean. */
    public Optional<Object> annotation(String key) {
        return Optional.ofNullable(plain(document.path("annotations").path(key)));
    }

    /** A metadata value of the namespace {@code default}; missing if there is none. */
    public JsonNode metadata(String key) {
        return metadata("default", key);
    }

    /** A metadata value; missing if there is none. */
    public JsonNode metadata(String namespace, String key) {
        return document.path("metadata").path(namespace).path(key);
    }

    /** Whether it is marked as failed: an exception, or a status of 500 and above. */
    public boolean isFault() {
        return document.path("fault").asBoolean(false);
    }

    /** Whether it is marked as an error of its caller: a status of 400 to 499. */
    public boolean isError() {
        return document.path("error").asBoolean(false);
    }

    /** Whether it had not ended when it was sent. */
    public boolean isInProgress() {
        return document.path("in_progress").asBoolean(false);
    }

    /** The class names of the exceptions on it, outermost first. */
    public List<String> exceptionTypes() {
        var types = new ArrayList<String>();
        for (JsonNode exception : document.path("cause").path("exceptions")) {
            types.add(exception.path("type").asString(""));
        }
        return types;
    }

    /** It and all below it, each before its children. */
    public void forEach(Consumer<CapturedSpan> visitor) {
        // No recursion: a tree may be deeper than the stack.
        var left = new ArrayDeque<CapturedSpan>(List.of(this));
        while (!left.isEmpty()) {
            CapturedSpan span = left.pop();
            visitor.accept(span);
            for (int i = span.children.size() - 1; i >= 0; i--) {
                left.push(span.children.get(i));
            }
        }
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isString()) {
            return value.asString();
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isIntegralNumber()) {
            return value.asLong();
        }
        return value.isNumber() ? (Object) value.asDouble() : null;
    }

    /** The tree by names, as in {@code request(first(second), third)}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        write(text, 0);
        return text.toString();
    }

    private void write(StringBuilder text, int depth) {
        text.append(name());
        if (children.isEmpty()) {
            return;
        }
        text.append('(');
        if (depth > 100) {
            text.append('…');
        } else {
            for (Iterator<CapturedSpan> each = children.iterator(); each.hasNext(); ) {
                each.next().write(text, depth + 1);
                text.append(each.hasNext() ? ", " : "");
            }
        }
        text.append(')');
    }
}
