package io.cruddur.obs;

/** Closes an {@link Obs} when the JVM ends, unless it was closed before. */
final class ShutdownHook {
    private final Thread thread;

    private ShutdownHook(Runnable close) {
        thread = new Thread(close, "cruddur-obs-shutdown");
    }

    static ShutdownHook install(Runnable close) {
        var hook = new ShutdownHook(close);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    void remove() {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook finds it closed.
            return;
        }
    }
}
