package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * What an inbound header says.
 *
 * @param traceIdHigh the trace id's first 64 bits
 * @param traceIdLow its last 64 bits
 * @param parentId the caller's span; 0 when it named none, as load balancers do
 * @param sampled the caller's decision; null when it left it to us
 */
public record RemoteParent(
        long traceIdHigh,
        long traceIdLow,
        long parentId,
        @Nullable Boolean sampled) {}
