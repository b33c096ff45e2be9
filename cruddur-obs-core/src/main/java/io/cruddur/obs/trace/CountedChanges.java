package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedValue;

/** Counts what became of a metadata value. */
record CountedChanges(Adjustments adjustments, String key) implements CapturedValue.Changes {
    @Override
    public void truncated() {
        adjustments.count(Adjustment.VALUE_TRUNCATED, key);
    }

    @Override
    public void replaced() {
        adjustments.count(Adjustment.VALUE_CHANGED, key);
    }
}
