package io.cruddur.obs.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Attributes of a span that has not begun. Used by one thread. */
public final class FirstAttributes {
    /** As many as a span's own array holds. */
    static final int MAX = 32;

    private static final int FIRST_CAPACITY = 3;

    @Nullable Object[] array = new Object[2 * FIRST_CAPACITY];

    int metadataBits;
    int count;

    /**
     * Adds one.
     *
     * @param namespace the namespace of metadata; null for an annotation
     * @return false if there are too many for a span that has not begun
     */
    public boolean add(String key, @Nullable Object value, @Nullable String namespace) {
        int at = count;
        if (at == MAX) {
            return false;
        }
        if (2 * at == array.length) {
            array = Arrays.copyOf(array, 4 * at);
        }
        array[2 * at] = key;
        array[2 * at + 1] = Namespaced.ifUnusual(namespace, value);
        if (namespace != null) {
            metadataBits |= 1 << at;
        }
        count = at + 1;
        return true;
    }
}
