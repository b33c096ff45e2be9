package io.cruddur.obs.fuzz;

import io.cruddur.obs.console.internal.store.Revisions;
import io.cruddur.obs.console.internal.trace.Datagrams;
import io.cruddur.obs.console.internal.trace.TraceStore;

/** What any program on the machine may send to the console's UDP port: it is kept, or counted as rejected. */
public final class DatagramsTarget {
    private static final TraceStore TRACES = new TraceStore(new Revisions());
    private static final Datagrams DATAGRAMS = new Datagrams(TRACES);

    private DatagramsTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        DATAGRAMS.accept(input);
    }
}
