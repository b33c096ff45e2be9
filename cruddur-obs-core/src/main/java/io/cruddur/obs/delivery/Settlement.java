package io.cruddur.obs.delivery;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From what became of envelopes to what became of their records. Used by one thread. */
final class Settlement {
    private final Ledger ledger;
    /** Why the record whose parts are being settled is lost, whatever becomes of the others. */
    private @Nullable String lostInPart;

    private boolean insideARecord;

    Settlement(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether the first part of a record is settled and its last is not. */
    boolean isInsideARecord() {
        return insideARecord;
    }

    /** All of them are lost. */
    void lost(List<? extends Envelope> inOrder, String reason) {
        inOrder.forEach(envelope -> settle(envelope, reason));
    }

    /**
     * All of them are delivered, but for some.
     *
     * @param inOrder as they were recorded
     * @param sent as they were sent
     * @param rejected reason by index among those that were sent
     */
    void delivered(List<? extends Envelope> inOrder, List<? extends Envelope> sent, Map<Integer, String> rejected) {
        if (rejected.isEmpty() && lostInPart == null) {
            long records = 0;
            for (Envelope envelope : inOrder) {
                records += envelope.endsRecord() ? 1 : 0;
            }
            ledger.delivered(records);
            insideARecord = !inOrder.get(inOrder.size() - 1).endsRecord();
            return;
        }
        var reasons = new IdentityHashMap<Envelope, String>();
        rejected.forEach((index, reason) -> {
            if (index >= 0 && index < sent.size()) {
                reasons.put(sent.get(index), reason);
            }
        });
        for (Envelope envelope : inOrder) {
            settle(envelope, reasons.get(envelope));
        }
    }

    private void settle(Envelope envelope, @Nullable String reason) {
        insideARecord = !envelope.endsRecord();
        if (lostInPart == null) {
            lostInPart = reason;
        }
        if (!envelope.endsRecord()) {
            return;
        }
        if (lostInPart == null) {
            ledger.delivered(1);
        } else {
            ledger.lost(lostInPart, 1);
        }
        lostInPart = null;
    }
}
