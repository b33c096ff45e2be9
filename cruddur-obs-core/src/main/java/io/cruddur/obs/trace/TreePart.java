package io.cruddur.obs.trace;

/** Spans of a tree that go before it or after it. */
record TreePart(Tree tree, SpanNode topmost, boolean withDescendants, boolean inProgress, int weight)
        implements TraceRecord {}
