package io.cruddur.obs.delivery;

/**
 * A sink's worker. What is logged on such a thread is about delivery itself and must not be shipped through it: that
 * would feed on itself.
 */
public final class DeliveryThread extends Thread {

    DeliveryThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /** True on a thread that delivers. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof DeliveryThread;
    }
}
