package io.cruddur.obs.delivery;

/**
 * A sink's worker. What is logged on such a thread is about delivery itself and must not be shipped through it: that
 * would feed on itself. The same holds for threads that an SDK starts from there, as for its timeouts: they are born
 * into the group of the thread that starts them, and that tells them from those it starts for the application.
 */
public final class DeliveryThread extends Thread {
    private static final ThreadGroup GROUP = new ThreadGroup("cruddur-obs");

    DeliveryThread(Runnable work, String name) {
        // Without what the application's thread would have it inherit, such as a request's context.
        super(GROUP, work, name, 0, false);
        setDaemon(true);
    }

    /** True on a thread that delivers, and on one that such a thread has started. */
    public static boolean isCurrent() {
        return Thread.currentThread().getThreadGroup() == GROUP;
    }
}
