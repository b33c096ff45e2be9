package io.cruddur.obs.xray.sdk;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.trace.AttributeVisitor;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A span's annotations: reading gives those of now, putting one adds it to the span. Nothing can be taken out. */
final class AnnotationMap extends AbstractMap<String, Object> {
    private final SpanNode node;

    AnnotationMap(SpanNode node) {
        this.node = node;
    }

    /** Texts, booleans and numbers, which is what the service takes; anything else as its text. */
    static void put(SpanNode node, @Nullable String key, @Nullable Object value) {
        if (key != null && value != null) {
            node.putAnnotation(key, plain(value));
        }
    }

    private static Object plain(Object value) {
        if (CapturedValue.isPlain(value)) {
            return value;
        }
        if (value instanceof AtomicInteger || value instanceof AtomicLong || value instanceof LongAdder) {
            return ((Number) value).longValue();
        }
        try {
            return value instanceof Number number ? (Object) number.doubleValue() : String.valueOf(value);
        } catch (Throwable e) {
            // A number or a toString of the application's.
            return "<" + e.getClass().getSimpleName() + " while reading it>";
        }
    }

    /** Visits each annotation, the oldest first; a key may come twice. */
    static void forEach(SpanNode node, AttributeVisitor visitor) {
        int count = node.attributeCount();
        for (int i = 0; i < count; i++) {
            visitor.visit(node.attributeKey(i), node.attributeValue(i), node.attributeNamespace(i));
        }
        SpanExtra extra = node.extraOrNull();
        if (extra != null) {
            extra.forEachMore(visitor);
        }
    }

    @Override
    public @Nullable Object put(String key, Object value) {
        Object before = get(key);
        put(node, key, value);
        return before;
    }

    @Override
    @SuppressWarnings("NullAway") // an annotation is not null
    public Set<Map.Entry<String, Object>> entrySet() {
        var now = new LinkedHashMap<String, Object>();
        forEach(node, (key, value, namespace) -> {
            if (namespace == null) {
                now.put(key, value);
            }
        });
        return now.entrySet();
    }
}
