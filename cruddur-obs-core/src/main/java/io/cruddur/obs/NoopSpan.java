package io.cruddur.obs;

/** A span outside any trace, or while Cruddur Obs is off. One object serves all. */
final class NoopSpan implements IgnoringSpan {
    static final NoopSpan INSTANCE = new NoopSpan();

    private NoopSpan() {}

    @Override
    public TraceContext context() {
        return TraceContext.NONE;
    }

    @Override
    public void detach() {}

    @Override
    public void close() {}
}
