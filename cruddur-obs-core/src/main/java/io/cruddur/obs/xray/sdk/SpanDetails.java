package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.entities.Cause;
import com.amazonaws.xray.entities.ThrowableDescription;
import io.cruddur.obs.trace.SpanNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What few entities have, live until their span ends. Thread-safe. */
final class SpanDetails {
    static final String AWS = "aws";
    static final String REMOTE = "remote";

    private @Nullable Map<String, Object> http;
    private @Nullable Map<String, Object> aws;
    private @Nullable Map<String, Object> sql;
    private @Nullable Cause cause;
    private @Nullable ReentrantLock lock;
    private @Nullable String namespace;
    private long endTime;
    /** What the span knows already. */
    private final Set<Throwable> recorded = Collections.newSetFromMap(new IdentityHashMap<>(1));

    synchronized Map<String, Object> http() {
        if (http == null) {
            http = CallMaps.live();
        }
        return http;
    }

    synchronized Map<String, Object> aws() {
        if (aws == null) {
            aws = CallMaps.live();
        }
        return aws;
    }

    synchronized Map<String, Object> sql() {
        if (sql == null) {
            sql = CallMaps.live();
        }
        return sql;
    }

    synchronized Cause cause() {
        if (cause == null) {
            cause = new Cause();
        }
        return cause;
    }

    synchronized ReentrantLock lock() {
        if (lock == null) {
            lock = new ReentrantLock();
        }
        return lock;
    }

    synchronized @Nullable String namespace() {
        return namespace;
    }

    synchronized void namespace(String newNamespace) {
        namespace = newNamespace;
    }

    synchronized long endTime() {
        return endTime;
    }

    synchronized void endTime(long epochMicros) {
        endTime = epochMicros;
    }

    synchronized void addException(Throwable exception) {
        if (recorded.add(exception)) {
            var description = new ThrowableDescription(exception);
            description.setType(exception.getClass().getName());
            cause().addException(description);
        }
    }

    /** Says what the span does not know yet. */
    void writeTo(SpanNode node) {
        try {
            Map<String, Object> httpNow;
            Map<String, Object> awsNow;
            Map<String, Object> sqlNow;
            synchronized (this) {
                writeCause(node);
                httpNow = http;
                awsNow = aws;
                sqlNow = sql;
            }
            CallMaps.write(node, namespace(), httpNow, awsNow, sqlNow);
        } catch (RuntimeException e) {
            // A list that is changed while it is read; the span ends all the same.
            return;
        }
    }

    private void writeCause(SpanNode node) {
        if (cause != null) {
            for (ThrowableDescription each : List.copyOf(cause.getExceptions())) {
                Throwable exception = each.getThrowable();
                if (exception != null && recorded.add(exception)) {
                    node.putException(exception);
                }
            }
        }
    }

    static void put(Map<String, Object> map, @Nullable String key, @Nullable Object value) {
        if (key != null && value != null) {
            map.put(key, value);
        }
    }

    static void putAll(Map<String, Object> map, @Nullable Map<String, Object> all) {
        if (all != null) {
            all.forEach((key, value) -> put(map, key, value));
        }
    }

    static void replace(Map<String, Object> map, @Nullable Map<String, Object> all) {
        if (all != map) {
            map.clear();
            putAll(map, all);
        }
    }
}
