package io.cruddur.obs;

import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.trace.Tree;
import org.jspecify.annotations.Nullable;

/** A recorded span: the engine's node with the API's words. */
final class RecordingSpan extends SpanNode implements Span {

    RecordingSpan(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
        super(tree, parent, name, kind);
    }

    @Override
    public Span annotate(String key, @Nullable String value) {
        if (value != null) {
            putAnnotation(key, value);
        }
        return this;
    }

    @Override
    public Span annotate(String key, long value) {
        putAnnotation(key, value);
        return this;
    }

    @Override
    public Span annotate(String key, double value) {
        putAnnotation(key, value);
        return this;
    }

    @Override
    public Span annotate(String key, boolean value) {
        putAnnotation(key, value);
        return this;
    }

    @Override
    public Span metadata(String namespace, String key, @Nullable Object value) {
        putMetadata(namespace, key, value);
        return this;
    }

    @Override
    public Span exception(@Nullable Throwable exception) {
        // Null comes from handlers that are called without a failure, too: what is not there is not recorded.
        if (exception != null) {
            putException(exception);
        }
        return this;
    }

    @Override
    public Span http(HttpRequest request) {
        putHttpRequest(request);
        return this;
    }

    @Override
    public Span httpResponse(int status, long contentLength) {
        putHttpResponse(status, contentLength);
        return this;
    }

    @Override
    public Span sql(SqlCall call) {
        putSql(call);
        return this;
    }

    @Override
    public Span aws(AwsCall call) {
        putAws(call);
        return this;
    }

    @Override
    public Span user(String user) {
        putUser(user);
        return this;
    }

    @Override
    public Span link(TraceContext other) {
        if (other != null && other.isValid()) {
            putLink(other.ids());
        }
        return this;
    }

    @Override
    public Span precursor(TraceContext earlier) {
        if (earlier != null && earlier.isValid()) {
            putPrecursor(earlier.ids().spanId());
        }
        return this;
    }

    @Override
    public TraceContext context() {
        return new TraceContext(
                tree().idHigh(), tree().idLow(), id(), true, tree().carried().randomId());
    }

    @Override
    public boolean isRecording() {
        return true;
    }

    @Override
    public void detach() {
        leaveThread();
    }

    @Override
    public void close() {
        end();
    }
}
