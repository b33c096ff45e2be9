package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/** Told of each change of what is current, on the thread on which it changes. Must be quick and must not throw. */
@FunctionalInterface
public interface CurrentListener {
    /**
     * The change.
     *
     * @param now the frame that is current; null if nothing is
     * @param sameTrace whether only the span changed
     */
    void changed(@Nullable Frame now, boolean sameTrace);
}
