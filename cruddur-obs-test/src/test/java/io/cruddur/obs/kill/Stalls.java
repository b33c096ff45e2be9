package io.cruddur.obs.kill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * For how long a thread could have gone on and was not let, for want of a processor or for a disk, in memory that outlives
 * the process that writes it: what a thread does not do then is nobody's fault but the machine's. A thread that waits by
 * itself, or for a lock, or that takes long, is not stalled.
 */
final class Stalls {
    /** Some ten minutes of beats, of a time and a sum each. */
    private static final int MOST = 600_000;

    private static final long BEAT_NANOS = 1_000_000;
    /** What holds up the beat itself by that much holds up others, whatever they are about to do. */
    private static final long LATE_NANOS = 20_000_000;

    private final LongBuffer beats;

    Stalls(Path file) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            beats = access.getChannel()
                    .map(FileChannel.MapMode.READ_WRITE, 0, 2L * MOST * Long.BYTES)
                    .asLongBuffer();
        }
    }

    /** Begins to watch the thread of that name. */
    void watch(String name) {
        Thread watched = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no thread " + name));
        var beat = new Thread(() -> beat(watched), "beat");
        beat.setDaemon(true);
        beat.start();
    }

    private void beat(Thread watched) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long stalled = 0;
        long at = System.nanoTime();
        long worked = threads.getThreadCpuTime(watched.getId());
        boolean ready = isReady(watched);
        for (int i = 0; i < MOST; i++) {
            LockSupport.parkNanos(BEAT_NANOS);
            long nowAt = System.nanoTime();
            long nowWorked = threads.getThreadCpuTime(watched.getId());
            boolean nowReady = isReady(watched);
            if ((ready && nowReady) || nowAt - at > LATE_NANOS) {
                stalled += Math.max(0, nowAt - at - (nowWorked - worked));
            }
            beats.put(2 * i + 1, TimeUnit.NANOSECONDS.toMillis(stalled));
            beats.put(2 * i, System.currentTimeMillis());
            at = nowAt;
            worked = nowWorked;
            ready = nowReady;
        }
    }

    private static boolean isReady(Thread thread) {
        return thread.getState() == Thread.State.RUNNABLE;
    }

    /** How many milliseconds of those between the two moments it was stalled; from the last beat on it was not let. */
    long millisBetween(long from, long to) {
        int first = beatsUntil(from) - 1;
        int last = beatsUntil(to) - 1;
        if (last < 0) {
            return to - from;
        }
        long before = first < 0 ? 0 : beats.get(2 * first + 1);
        return beats.get(2 * last + 1) - before + Math.max(0, to - beats.get(2 * last));
    }

    /** The number of beats until that moment. */
    private int beatsUntil(long millis) {
        int low = 0;
        int high = MOST;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long at = beats.get(2 * middle);
            if (at != 0 && at <= millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
