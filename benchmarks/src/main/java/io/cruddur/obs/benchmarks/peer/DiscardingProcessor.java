package io.cruddur.obs.benchmarks.peer;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.jspecify.annotations.Nullable;

/** Takes finished spans and keeps none but the last. Without any processor the SDK does not even record. */
final class DiscardingProcessor implements SpanProcessor {
    private @Nullable ReadableSpan last;

    /** The span that ended last. */
    @Nullable ReadableSpan last() {
        return last;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        last = span;
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
