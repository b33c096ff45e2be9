package io.cruddur.obs.console.internal.error;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which groups had an item in which trace, also when a group's own list of occurrences knows it no more. The oldest make
 * room for the new. Guarded by its store.
 */
final class TraceIndex {

    /** Pairs of trace and group; about 200 bytes each. */
    private static final int MAX_PAIRS = 5_000;

    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private int pairs;

    void add(String traceId, String fingerprint) {
        Set<String> known = groups.get(traceId);
        if (known == null) {
            groups.put(traceId, Set.of(fingerprint));
        } else if (known.contains(fingerprint)) {
            return;
        } else if (known.size() == 1) {
            Set<String> several = new HashSet<>(known);
            several.add(fingerprint);
            groups.put(traceId, several);
        } else {
            known.add(fingerprint);
        }
        pairs++;
        while (pairs > MAX_PAIRS) {
            String eldest = groups.keySet().iterator().next();
            pairs -= groups.remove(eldest).size();
        }
    }

    Set<String> groupsOf(String traceId) {
        return groups.getOrDefault(traceId, Set.of());
    }

    void clear() {
        groups.clear();
        pairs = 0;
    }
}
