package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * What inbound headers say.
 *
 * @param traceIdHigh the trace id's first 64 bits
 * @param traceIdLow its last 64 bits
 * @param parentId the caller's span; 0 when it named none, as load balancers do
 * @param sampled the caller's decision; null when it left it to us
 * @param carried what came beside the ids
 */
public record RemoteParent(
        long traceIdHigh,
        long traceIdLow,
        long parentId,
        @Nullable Boolean sampled,
        Carried carried) {

    /** Ids and decision alone. */
    public RemoteParent(long traceIdHigh, long traceIdLow, long parentId, @Nullable Boolean sampled) {
        this(traceIdHigh, traceIdLow, parentId, sampled, Carried.FOREIGN_ID);
    }

    /** A caller that named no trace, but said something all the same: a trace of our own begins with it. */
    public static RemoteParent withoutIds(@Nullable Boolean sampled, Carried carried) {
        long high = Ids.traceIdHigh(System.currentTimeMillis() / 1_000);
        return new RemoteParent(high, Ids.random(), 0, sampled, carried);
    }

    /** The same with what came beside the ids. */
    public RemoteParent with(Carried newCarried) {
        return new RemoteParent(traceIdHigh, traceIdLow, parentId, sampled, newCarried);
    }
}
