package io.cruddur.obs.trace;

/** Spans of a tree that go before it or after it. */
record TreePart(Tree tree, SpanNode first, boolean withDescendants, boolean inProgress, int weight)
        implements TraceRecord {

    @Override
    public SpanNode topmost() {
        first.writeAsOpen(inProgress);
        return first;
    }

    @Override
    public boolean isOutdated() {
        return inProgress && first.hasEnded();
    }
}
