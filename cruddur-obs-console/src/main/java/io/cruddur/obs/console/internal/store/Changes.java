package io.cruddur.obs.console.internal.store;

import java.util.List;

/** A store that can tell what changed. */
public interface Changes {

    /** At most {@code limit} of the newest changes with {@code after < revision <= upTo}, in their order. */
    List<Change> changes(long after, long upTo, int limit);
}
