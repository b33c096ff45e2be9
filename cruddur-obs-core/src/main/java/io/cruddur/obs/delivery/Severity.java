package io.cruddur.obs.delivery;

/** How much a record is worth when there is no room for all: the lowest goes first. */
public enum Severity {
    TRACE(0),
    DEBUG(1),
    INFO(2),
    WARN(3),
    ERROR(4);

    private final int rank;

    Severity(int rank) {
        this.rank = rank;
    }

    /** Its place among them, from 0; written to disk, so it stays what it is. */
    public int rank() {
        return rank;
    }
}
