package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;

/** Counts how often each span was sent, as a sink that reads each record once. Used by one thread, the worker. */
final class Census {
    private final IdentityHashMap<SpanNode, Integer> complete = new IdentityHashMap<>();
    private final IdentityHashMap<SpanNode, Integer> open = new IdentityHashMap<>();

    void take(TraceRecord record) {
        if (record.isOutdated()) {
            return;
        }
        SpanNode top = record.topmost();
        if (!record.withDescendants()) {
            count(top);
            return;
        }
        for (SpanNode each = top; each != null; each = each.nextSibling()) {
            countAll(each);
        }
    }

    private void countAll(SpanNode top) {
        count(top);
        SpanNode node = top;
        while (true) {
            SpanNode next = node.firstChild();
            if (next != null) {
                assertThat(next.parent()).isSameAs(node);
            }
            while (next == null) {
                if (node == top) {
                    return;
                }
                next = node.nextSibling();
                SpanNode parent = node.parent();
                if (next != null) {
                    assertThat(next.parent()).isSameAs(parent);
                } else if (parent != null) {
                    node = parent;
                }
            }
            node = next;
            count(node);
        }
    }

    private void count(SpanNode span) {
        (span.endEpochMicros() == 0 ? open : complete).merge(span, 1, Integer::sum);
    }

    int completed() {
        return complete.size();
    }

    int sentOpen() {
        return open.size();
    }

    void assertEachCompleteOnce() {
        assertThat(complete.values().stream().filter(times -> times != 1).count())
                .as("spans sent as complete more than once")
                .isZero();
        assertThat(open.keySet().stream()
                        .filter(span -> !complete.containsKey(span))
                        .count())
                .as("spans sent as open that never sent word of their end")
                .isZero();
    }
}
