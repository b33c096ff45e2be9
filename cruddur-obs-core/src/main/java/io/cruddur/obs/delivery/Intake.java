package io.cruddur.obs.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes records from the queue, has them encoded, and lays them into the backlog. Used by one thread. */
final class Intake<R extends Weighted, E extends Envelope> {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** So that what must be safe soon does not wait for a queue that never ends. */
    private static final int ROUND = 1_024;

    private final Sink<R, E> sink;
    private final Ledger ledger;
    private final Supplier<@Nullable R> queue;
    private final Backlog<E> backlog;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final List<E> parts = new ArrayList<>();
    private volatile int inHand;

    Intake(Sink<R, E> sink, Ledger ledger, Supplier<@Nullable R> queue, Backlog<E> backlog) {
        this.sink = sink;
        this.ledger = ledger;
        this.queue = queue;
        this.backlog = backlog;
    }

    /** The records that are neither in the queue nor in the backlog. */
    int inHand() {
        return inHand;
    }

    /** Moves what is there, or as much as a round takes. False if there was nothing. */
    boolean fill(boolean oneBatchAtMost) {
        int moved = 0;
        while (moved < ROUND && !(oneBatchAtMost && backlog.hasBatch())) {
            // Counted before it leaves the queue, so that it is never nowhere.
            inHand = 1;
            R record = queue.get();
            if (record == null) {
                inHand = 0;
                break;
            }
            encode(record);
            inHand = 0;
            moved++;
        }
        backlog.keepSafe(System.nanoTime());
        return moved > 0;
    }

    private void encode(R record) {
        parts.clear();
        try {
            sink.encode(record, parts::add);
        } catch (Throwable e) {
            ledger.lost("encode_failed", 1);
            log.warn("A record for " + sink.name() + " could not be encoded and is lost: " + Failures.nameOf(e));
            return;
        }
        if (!parts.isEmpty()) {
            keep();
        } else if (sink.isObsolete(record)) {
            ledger.delivered(1);
        } else {
            ledger.lost("encoded_to_nothing", 1);
        }
    }

    private void keep() {
        try {
            backlog.add(parts, System.nanoTime());
        } catch (Throwable e) {
            ledger.lost("not_kept", 1);
            log.warn("A record for " + sink.name() + " could not be kept and is lost: " + Failures.nameOf(e));
        }
    }
}
