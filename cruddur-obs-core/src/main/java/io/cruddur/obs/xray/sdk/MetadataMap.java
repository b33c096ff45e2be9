package io.cruddur.obs.xray.sdk;

import io.cruddur.obs.trace.SpanNode;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A span's metadata by namespace: reading gives that of now, putting adds to the span. Nothing can be taken out. */
final class MetadataMap extends AbstractMap<String, Map<String, Object>> {
    private final SpanNode node;

    MetadataMap(SpanNode node) {
        this.node = node;
    }

    /** Never null: putting into a namespace that is not there yet makes it. */
    @Override
    public Map<String, Object> get(Object namespace) {
        return new InNamespace(node, String.valueOf(namespace));
    }

    @Override
    public @Nullable Map<String, Object> put(String namespace, Map<String, Object> values) {
        if (namespace != null && values != null) {
            get(namespace).putAll(values);
        }
        return null;
    }

    @Override
    public Set<Map.Entry<String, Map<String, Object>>> entrySet() {
        var now = new LinkedHashMap<String, Map<String, Object>>();
        AnnotationMap.forEach(node, (key, value, namespace) -> {
            if (namespace != null) {
                now.computeIfAbsent(namespace, name -> new InNamespace(node, name));
            }
        });
        return now.entrySet();
    }

    private static final class InNamespace extends AbstractMap<String, Object> {
        private final SpanNode node;
        private final String namespace;

        InNamespace(SpanNode node, String namespace) {
            this.node = node;
            this.namespace = namespace;
        }

        @Override
        public @Nullable Object put(String key, Object value) {
            Object before = get(key);
            if (key != null) {
                node.putMetadata(namespace, key, value);
            }
            return before;
        }

        @Override
        @SuppressWarnings("NullAway") // a value may be null here, whatever the SDK's type says
        public Set<Map.Entry<String, Object>> entrySet() {
            var now = new LinkedHashMap<String, Object>();
            AnnotationMap.forEach(node, (key, value, in) -> {
                if (namespace.equals(in)) {
                    now.put(key, value);
                }
            });
            return now.entrySet();
        }
    }
}
