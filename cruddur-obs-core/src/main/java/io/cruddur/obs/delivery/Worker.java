package io.cruddur.obs.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of a sink that goes round until its work is done, whatever happens on the way. */
abstract class Worker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    static final long SHORTEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(32);

    private final DeliveryThread thread;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private long parkNanos = SHORTEST_PARK_NANOS;

    Worker(String name) {
        this.thread = new DeliveryThread(this, name);
    }

    /** One round. Returns how long there will be nothing to do, in nanoseconds; 0 to go on at once, -1 at the end. */
    abstract long round();

    /** Called once, after the last round. */
    abstract void end();

    @Override
    public void run() {
        long idle = 0;
        while (idle >= 0) {
            try {
                idle = round();
                if (idle > 0) {
                    park(Math.min(idle, parkNanos));
                    parkNanos = Math.min(parkNanos * 2, LONGEST_PARK_NANOS);
                } else {
                    parkNanos = SHORTEST_PARK_NANOS;
                }
            } catch (Throwable e) {
                // Nothing may end this thread: what it holds is settled on a later round.
                log.warn(thread.getName() + " failed unexpectedly and goes on: " + Failures.nameOf(e));
                park(LONGEST_PARK_NANOS);
            }
        }
        // The end may write to the disk, and an interrupt was for the attempt that is over.
        Thread.interrupted();
        try {
            end();
        } catch (Throwable e) {
            log.warn(thread.getName() + " ended in a failure: " + Failures.nameOf(e));
        }
    }

    static void park(long nanos) {
        // An interrupt is not a way to end this thread, and a set flag would turn every park into a spin.
        Thread.interrupted();
        LockSupport.parkNanos(nanos);
    }

    final void start() {
        thread.start();
    }

    final void wake() {
        LockSupport.unpark(thread);
    }

    final void interrupt() {
        thread.interrupt();
    }

    final boolean isAlive() {
        return thread.isAlive();
    }

    /** Waits for its end until then; false if the waiting thread was interrupted. */
    final boolean join(long deadlineNanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadlineNanos - System.nanoTime()));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
