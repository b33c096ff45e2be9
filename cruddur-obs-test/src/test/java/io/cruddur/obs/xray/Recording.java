package io.cruddur.obs.xray;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SpanFactory;
import io.cruddur.obs.trace.SpanIds;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.trace.UnsampledFrame;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records trees with the real engine and keeps what it hands over, so that the writer is seen without a socket. */
final class Recording {
    /** A span with the API's words, but open to this package. */
    static final class Node extends SpanNode {
        private Node(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            super(tree, parent, name, kind);
        }

        Node annotate(String key, Object value) {
            putAnnotation(key, value);
            return this;
        }

        Node metadata(String namespace, String key, @Nullable Object value) {
            putMetadata(namespace, key, CapturedValue.of(value));
            return this;
        }

        Node exception(Throwable exception) {
            putException(exception);
            return this;
        }

        Node http(HttpRequest request, int status, long contentLength) {
            putHttpRequest(request);
            putHttpResponse(status, contentLength);
            return this;
        }

        Node sql(SqlCall call) {
            putSql(call);
            return this;
        }

        Node aws(AwsCall call) {
            putAws(call);
            return this;
        }

        Node user(String user) {
            putUser(user);
            return this;
        }

        Node link(SpanIds other) {
            putLink(other);
            return this;
        }

        Node precursor(long id) {
            putPrecursor(id);
            return this;
        }

        void close() {
            end();
        }
    }

    private static final SpanFactory NODES = new SpanFactory() {
        @Override
        public SpanNode recorded(Tree tree, @Nullable SpanNode parent, String name, Kind kind) {
            return new Node(tree, parent, name, kind);
        }

        @Override
        public UnsampledFrame unsampled(Tracer tracer, long traceIdHigh, long traceIdLow) {
            throw new AssertionError("everything is sampled");
        }
    };

    private final List<TraceRecord> records = new CopyOnWriteArrayList<>();
    private final Tracer tracer =
            new Tracer(Sampler.always(), 0, headers -> null, NODES, records::add, new Adjustments(), null);

    Node root(String name, @Nullable String samplingRule) {
        return (Node) tracer.beginRoot(name, Kind.SERVER, null, samplingRule);
    }

    /** A child of what is current. */
    Node child(String name, Kind kind) {
        Frame frame = Objects.requireNonNull(tracer.currentFrame());
        return (Node) Objects.requireNonNull(tracer.beginChild(frame, name, kind));
    }

    Node child(String name) {
        return child(name, Kind.INTERNAL);
    }

    Adjustments adjustments() {
        return tracer.adjustments();
    }

    /** All that is handed over, with what is left of trees that have not ended. */
    List<TraceRecord> finish() {
        tracer.close();
        return records;
    }
}
