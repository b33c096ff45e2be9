package io.cruddur.obs.trace;

import io.cruddur.obs.delivery.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a trace for the case that something in it fails: the last records of other signals, and the request.
 * It is made when there is something to remember; a trace without log lines has none. Thread-safe.
 */
public final class Trail {
    /** As many as a person reads. */
    public static final int MAX_RECORDS = 50;

    private static final int FIRST_CAPACITY = 4;
    private static final @Nullable Weighted[] NONE = new Weighted[0];

    /** Made with the first record. */
    private @Nullable Weighted[] ring = NONE;

    private long remembered;
    private volatile @Nullable RequestSource request;

    Trail() {}

    /** Remembers a record, in the place of the oldest where there are {@value #MAX_RECORDS}. */
    public synchronized void remember(Weighted record) {
        if (remembered == ring.length && ring.length < MAX_RECORDS) {
            @Nullable Weighted[] larger = new Weighted[Math.min(MAX_RECORDS, Math.max(FIRST_CAPACITY, 3 * ring.length))];
            System.arraycopy(ring, 0, larger, 0, ring.length);
            ring = larger;
        }
        ring[(int) (remembered++ % ring.length)] = record;
    }

    /** What is remembered, oldest first. */
    public synchronized List<Weighted> records() {
        var records = new ArrayList<Weighted>();
        for (long at = Math.max(0, remembered - ring.length); at < remembered; at++) {
            Weighted record = ring[(int) (at % ring.length)];
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }

    /** Says who tells of the request in which all of it happens. */
    public void request(RequestSource source) {
        request = source;
    }

    /** The request; null where there is none, or it cannot be read any more. */
    public @Nullable HttpRequest request() {
        return ask(RequestSource::request);
    }

    /** Its route; null where that is not known. */
    public @Nullable String route() {
        return ask(RequestSource::route);
    }

    private <T> @Nullable T ask(Function<RequestSource, @Nullable T> what) {
        RequestSource source = request;
        try {
            return source == null ? null : what.apply(source);
        } catch (Throwable e) {
            // A container's word about a request that is over.
            return null;
        }
    }
}
