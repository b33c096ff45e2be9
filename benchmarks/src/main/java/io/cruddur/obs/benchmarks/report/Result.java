package io.cruddur.obs.benchmarks.report;

/**
 * One row of a run.
 *
 * @param section the benchmark's class, such as {@code P1TracedRequest}
 * @param peer its method, such as {@code openTelemetryOtlp}
 * @param size the parameter, or the threads where there is none
 * @param score the median of the iterations, in the benchmark's unit
 * @param bytes the median of what all threads allocated for one operation
 */
record Result(String section, String peer, int size, double score, double bytes) {}
