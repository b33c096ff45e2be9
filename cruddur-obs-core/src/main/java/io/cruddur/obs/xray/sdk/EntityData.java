package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Cause;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.TraceID;
import io.cruddur.obs.trace.Attachment;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.UnsampledFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK says of an entity, said of one of our spans: a recorded one, or one that is not. Annotations, metadata and
 * exceptions are copied to the span at once; the other maps and the cause are live, and go to it when it ends. Null is
 * passed over, and nothing throws. Thread-safe.
 */
abstract class EntityData implements Entity, Attachment {
    private static final double MICROS = 1e6;

    /** Null for what is not recorded. */
    final @Nullable SpanNode node;
    /** Null for what is recorded. */
    final @Nullable UnsampledFrame unsampled;

    private volatile @Nullable SpanDetails details;

    EntityData(@Nullable SpanNode node, @Nullable UnsampledFrame unsampled) {
        this.node = node;
        this.unsampled = unsampled;
    }

    private SpanDetails details() {
        SpanDetails present = details;
        return present == null ? newDetails() : present;
    }

    private synchronized SpanDetails newDetails() {
        SpanDetails present = details;
        if (present == null) {
            details = present = new SpanDetails();
        }
        return present;
    }

    @Override
    public abstract void close();

    @Override
    public final void beforeEnd() {
        SpanDetails present = details;
        if (present != null && node != null) {
            present.writeTo(node);
        }
    }

    final long idHigh() {
        return node != null ? node.tree().idHigh() : unsampled == null ? 0 : unsampled.traceIdHigh();
    }

    final long idLow() {
        return node != null ? node.tree().idLow() : unsampled == null ? 0 : unsampled.traceIdLow();
    }

    @Override
    public final String getName() {
        return node == null ? "" : node.name();
    }

    @Override
    public final String getId() {
        return Ids.hex(node != null ? node.id() : unsampled == null ? 0 : unsampled.spanId());
    }

    /** Ours stay as they are: children, logs and errors know them. */
    @Override
    public final void setId(String id) {}

    @Override
    public final TraceID getTraceId() {
        return TraceIds.of(idHigh(), idLow());
    }

    @Override
    public final double getStartTime() {
        return node == null ? 0 : node.startEpochMicros() / MICROS;
    }

    @Override
    public final void setStartTime(double startTime) {
        if (node != null) {
            node.startedAt((long) (startTime * MICROS));
        }
    }

    @Override
    public final double getEndTime() {
        return node == null ? 0 : node.endEpochMicros() / MICROS;
    }

    /** The SDK's own code ends entities otherwise, and so must everybody else. */
    @Override
    public final void setEndTime(double endTime) {
        details().endTime((long) (endTime * MICROS));
    }

    /** When it is said to end, epoch microseconds; 0 if nobody has said so. */
    final long endSaid() {
        SpanDetails present = details;
        return present == null ? 0 : present.endTime();
    }

    @Override
    public final boolean isFault() {
        SpanExtra extra = extra();
        return extra != null && extra.isFault();
    }

    @Override
    public final void setFault(boolean fault) {
        if (node != null) {
            node.markFault(fault);
        }
    }

    @Override
    public final boolean isError() {
        SpanExtra extra = extra();
        return extra != null && extra.isError();
    }

    @Override
    public final void setError(boolean error) {
        if (node != null) {
            node.markError(error);
        }
    }

    @Override
    public final boolean isThrottle() {
        SpanExtra extra = extra();
        return extra != null && extra.isThrottle();
    }

    @Override
    public final void setThrottle(boolean throttle) {
        if (node != null) {
            if (throttle) {
                node.markFault(false);
                node.markError(true);
            }
            node.markThrottle(throttle);
        }
    }

    private @Nullable SpanExtra extra() {
        return node == null ? null : node.extraOrNull();
    }

    @Override
    public final @Nullable String getNamespace() {
        SpanDetails present = details;
        String said = present == null ? null : present.namespace();
        return said != null || node == null || !node.kind().isRemoteCall() ? said : SpanDetails.REMOTE;
    }

    @Override
    public final void setNamespace(String namespace) {
        if (node != null && namespace != null) {
            details().namespace(namespace);
            if (namespace.equals(SpanDetails.REMOTE)) {
                node.kind(Kind.CLIENT);
            }
        }
    }

    @Override
    public final Map<String, Object> getAnnotations() {
        return node == null ? new HashMap<>() : new AnnotationMap(node);
    }

    @Override
    public final void setAnnotations(Map<String, Object> annotations) {
        if (node != null && annotations != null) {
            new AnnotationMap(node).putAll(annotations);
        }
    }

    @Override
    public final void putAnnotation(String key, String value) {
        annotate(key, value);
    }

    @Override
    public final void putAnnotation(String key, Number value) {
        annotate(key, value);
    }

    @Override
    public final void putAnnotation(String key, Boolean value) {
        annotate(key, value);
    }

    private void annotate(String key, Object value) {
        if (node != null) {
            AnnotationMap.put(node, key, value);
        }
    }

    @Override
    public final Map<String, Map<String, Object>> getMetadata() {
        return node == null ? new HashMap<>() : new MetadataMap(node);
    }

    @Override
    public final void setMetadata(Map<String, Map<String, Object>> metadata) {
        if (node != null && metadata != null) {
            new MetadataMap(node).putAll(metadata);
        }
    }

    @Override
    public final void putMetadata(String key, Object object) {
        putMetadata(SpanNode.DEFAULT_NAMESPACE, key, object);
    }

    @Override
    public final void putMetadata(String namespace, String key, Object object) {
        if (node != null && namespace != null && key != null) {
            node.putMetadata(namespace, key, object);
        }
    }

    @Override
    public final Cause getCause() {
        return details().cause();
    }

    @Override
    public final void addException(Throwable exception) {
        if (exception != null) {
            details().addException(exception);
            if (node != null) {
                node.putException(exception);
            }
        }
    }

    @Override
    public final Map<String, Object> getHttp() {
        return details().http();
    }

    @Override
    public final void setHttp(Map<String, Object> http) {
        SpanDetails.replace(getHttp(), http);
    }

    @Override
    public final void putHttp(String key, Object value) {
        SpanDetails.put(getHttp(), key, value);
    }

    @Override
    public final void putAllHttp(Map<String, Object> all) {
        SpanDetails.putAll(getHttp(), all);
    }

    @Override
    public final Map<String, Object> getAws() {
        return details().aws();
    }

    @Override
    public final void setAws(Map<String, Object> aws) {
        SpanDetails.replace(getAws(), aws);
    }

    @Override
    public final void putAws(String key, Object value) {
        SpanDetails.put(getAws(), key, value);
    }

    @Override
    public final void putAllAws(Map<String, Object> all) {
        SpanDetails.putAll(getAws(), all);
    }

    @Override
    public final Map<String, Object> getSql() {
        return details().sql();
    }

    @Override
    public final void setSql(Map<String, Object> sql) {
        SpanDetails.replace(getSql(), sql);
    }

    @Override
    public final void putSql(String key, Object value) {
        SpanDetails.put(getSql(), key, value);
    }

    @Override
    public final void putAllSql(Map<String, Object> all) {
        SpanDetails.putAll(getSql(), all);
    }

    // What the SDK's recorder and emitter do with an entity: nothing is to be done here.

    @Override
    public final AWSXRayRecorder getCreator() {
        return XraySdkBridge.recorder();
    }

    @Override
    public final void setCreator(AWSXRayRecorder creator) {}

    @Override
    @Deprecated
    public final ReentrantLock getSubsegmentsLock() {
        return details().lock();
    }

    @Override
    @Deprecated
    public final void setSubsegmentsLock(ReentrantLock lock) {}

    @Override
    public final boolean isInProgress() {
        return node == null || !node.hasEnded();
    }

    @Override
    public final void setInProgress(boolean inProgress) {}

    @Override
    public final int getReferenceCount() {
        return 0;
    }

    /** Always 0: then the SDK sees no reason to send children early. */
    @Override
    public final LongAdder getTotalSize() {
        return new LongAdder();
    }

    @Override
    public final void incrementReferenceCount() {}

    @Override
    public final boolean isEmitted() {
        return false;
    }

    @Override
    public final void setEmitted(boolean emitted) {}

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public final boolean compareAndSetEmitted(boolean current, boolean next) {
        return false;
    }

    @Override
    public final String serialize() {
        return EntityJson.of(this);
    }

    @Override
    public final String prettySerialize() {
        return EntityJson.of(this);
    }
}
