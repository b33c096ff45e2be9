package io.cruddur.obs.capture;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of throwables. Most classes inherit the JDK's own {@code getMessage}, which reads a field. One of the
 * application's may do anything, such as ask a database: it is called on a thread of ours, and the thread that failed waits
 * for it at most {@value #LONGEST_MILLIS} ms, once a class. Thread-safe.
 */
final class Messages {
    static final long LONGEST_MILLIS = 100;

    private static final int MAX_THREADS = 4;
    private static final int MAX_SLOW = 256;

    /** Whether a class reads its message as the JDK does. */
    private static final ClassValue<Boolean> PLAIN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                ClassLoader of =
                        type.getMethod("getMessage").getDeclaringClass().getClassLoader();
                return of == null || of == ClassLoader.getPlatformClassLoader();
            } catch (ReflectiveOperationException | LinkageError e) {
                return false;
            }
        }
    };

    /** Classes that took too long: by name, so that no class is kept alive. */
    private static final Set<String> SLOW = ConcurrentHashMap.newKeySet();

    private static volatile long longestMillis = LONGEST_MILLIS;

    private Messages() {}

    /** For tests: on a machine that is busy another thread may answer late, which is no fault of the message. */
    static void waitAtMost(long millis) {
        longestMillis = millis;
    }

    /** The message, or a word about why there is none. Null for none; never throws. */
    static @Nullable String of(Throwable throwable) {
        try {
            return PLAIN.get(throwable.getClass()) ? throwable.getMessage() : ofForeign(throwable);
        } catch (Throwable e) {
            return unreadable(e);
        }
    }

    /** The message if it is read as the JDK does; null otherwise. */
    static @Nullable String ifPlain(Throwable throwable) {
        return PLAIN.get(throwable.getClass()) ? throwable.getMessage() : null;
    }

    private static @Nullable String ofForeign(Throwable throwable) throws Throwable {
        String type = throwable.getClass().getName();
        if (SLOW.contains(type)) {
            return "<the message took too long once and is not read again>";
        }
        var reading = new FutureTask<@Nullable String>(throwable::getMessage);
        try {
            Readers.POOL.execute(reading);
        } catch (RejectedExecutionException e) {
            return "<the message was not read: other messages take too long>";
        }
        return await(reading, type);
    }

    private static @Nullable String await(Future<@Nullable String> reading, String type) throws Throwable {
        boolean interrupted = false;
        long millis = longestMillis;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (true) {
                try {
                    return reading.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // The application's own business, which goes on when the message is there.
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            reading.cancel(true);
            if (SLOW.size() < MAX_SLOW) {
                SLOW.add(type);
            }
            return "<the message took longer than " + millis + " ms>";
        } catch (ExecutionException e) {
            return unreadable(e.getCause() == null ? e : e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String unreadable(Throwable e) {
        return "<" + e.getClass().getSimpleName() + " while reading the message>";
    }

    /** Made when the first foreign message is read. */
    private static final class Readers {
        static final ThreadPoolExecutor POOL =
                new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Readers::thread);

        private static Thread thread(Runnable work) {
            // Without what the application's thread would have it inherit, such as a request's context.
            var thread = new Thread(null, work, "cruddur-obs-messages", 0, false);
            thread.setDaemon(true);
            return thread;
        }
    }
}
