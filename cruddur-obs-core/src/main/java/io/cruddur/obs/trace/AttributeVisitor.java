package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** Receives the attributes of a span. */
@FunctionalInterface
public interface AttributeVisitor {
    /**
     * An attribute.
     *
     * @param namespace the namespace of metadata; null for an annotation
     */
    void visit(String key, @Nullable Object value, @Nullable String namespace);
}
