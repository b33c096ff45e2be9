package io.cruddur.obs;

import io.cruddur.obs.trace.FirstAttributes;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.RemoteParent;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What few spans are told before they begin; apart, so that the others do not pay for it. Builders that say no more than a
 * kind share theirs, and get one of their own with the next word.
 */
final class SpanOptions {
    private static final Map<Kind, SpanOptions> SHARED = new EnumMap<>(Kind.class);

    static {
        for (Kind kind : Kind.values()) {
            SHARED.put(kind, new SpanOptions(kind, true));
        }
    }

    static final SpanOptions NONE = of(Kind.INTERNAL);

    final Kind kind;
    private final boolean shared;
    boolean newTrace;

    @Nullable RemoteParent remote;

    @Nullable InboundRequest request;

    @Nullable FirstAttributes first;

    private SpanOptions(Kind kind, boolean shared) {
        this.kind = kind;
        this.shared = shared;
    }

    @SuppressWarnings("NullAway") // there is one for each
    private static SpanOptions of(Kind kind) {
        return SHARED.get(kind);
    }

    /** The same with another kind. */
    SpanOptions withKind(Kind newKind) {
        return shared ? of(newKind) : copy(newKind);
    }

    /** These if they may be written to, else a copy. */
    SpanOptions own() {
        return shared ? copy(kind) : this;
    }

    private SpanOptions copy(Kind newKind) {
        var copy = new SpanOptions(newKind, false);
        copy.newTrace = newTrace;
        copy.remote = remote;
        copy.request = request;
        copy.first = first;
        return copy;
    }
}
