package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * What inbound headers say.
 *
 * @param traceIdHigh the trace id's first 64 bits
 * @param traceIdLow its last 64 bits
 * @param parentId the caller's span; 0 when it named none, as load balancers do
 * @param sampled the caller's decision; null when it left it to us
 * @param carried what came beside the ids; null for nothing
 */
public record RemoteParent(
        long traceIdHigh,
        long traceIdLow,
        long parentId,
        @Nullable Boolean sampled,
        @Nullable Carried carried) {

    /** Ids and decision alone. */
    RemoteParent(long traceIdHigh, long traceIdLow, long parentId, @Nullable Boolean sampled) {
        this(traceIdHigh, traceIdLow, parentId, sampled, null);
    }
}
