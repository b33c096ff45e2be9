package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** Metadata of another namespace than the usual one: a slot for the namespace would cost every attribute its place. */
record Namespaced(String namespace, @Nullable Object value) {

    static @Nullable Object ifUnusual(@Nullable String namespace, @Nullable Object value) {
        return namespace == null || namespace.equals(SpanNode.DEFAULT_NAMESPACE)
                ? value
                : new Namespaced(namespace, value);
    }
}
