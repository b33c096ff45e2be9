package io.cruddur.obs;

import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SqlCall;
import org.jspecify.annotations.Nullable;

/** What every span that is not recorded has in common: it ignores what it is told. */
interface IgnoringSpan extends Span {
    @Override
    default Span annotate(String key, @Nullable String value) {
        return this;
    }

    @Override
    default Span annotate(String key, long value) {
        return this;
    }

    @Override
    default Span annotate(String key, double value) {
        return this;
    }

    @Override
    default Span annotate(String key, boolean value) {
        return this;
    }

    @Override
    default Span metadata(String namespace, String key, @Nullable Object value) {
        return this;
    }

    @Override
    default Span exception(@Nullable Throwable exception) {
        return this;
    }

    @Override
    default Span http(HttpRequest request) {
        return this;
    }

    @Override
    default Span httpResponse(int status, long contentLength) {
        return this;
    }

    @Override
    default Span sql(SqlCall call) {
        return this;
    }

    @Override
    default Span aws(AwsCall call) {
        return this;
    }

    @Override
    default Span user(String user) {
        return this;
    }

    @Override
    default Span link(TraceContext other) {
        return this;
    }

    @Override
    default Span precursor(TraceContext earlier) {
        return this;
    }

    @Override
    default boolean isRecording() {
        return false;
    }
}
