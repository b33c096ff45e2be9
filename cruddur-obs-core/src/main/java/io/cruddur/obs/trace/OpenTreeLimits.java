package io.cruddur.obs.trace;

import java.time.Duration;

/**
 * How long trees may stay open.
 *
 * @param followed from when on a tree is looked at each time
 * @param streamed from when on what is complete in it goes ahead, and its root is said to be in progress
 * @param orphaned how long children may go on after their root has ended
 * @param forgotten from when on a root is taken for one that nobody ends
 * @param count more than that are not followed: the oldest goes as it is
 */
record OpenTreeLimits(Duration followed, Duration streamed, Duration orphaned, Duration forgotten, int count) {
    static final OpenTreeLimits DEFAULT = new OpenTreeLimits(
            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofHours(1), 10_000);
}
