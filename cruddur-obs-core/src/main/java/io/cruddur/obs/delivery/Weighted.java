package io.cruddur.obs.delivery;

/** A record whose memory counts against the queue's byte bound. */
public interface Weighted extends Ranked {
    /** A cheap estimate of the bytes that the record keeps alive; called on the application's thread. */
    int weight();
}
