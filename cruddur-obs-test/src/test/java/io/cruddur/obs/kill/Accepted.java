package io.cruddur.obs.kill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** When each record was logged, in memory that outlives the process that writes it. */
final class Accepted {
    static final int THREADS = 2;
    static final int MOST = 500_000;

    private final LongBuffer times;

    Accepted(Path file) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            times = access.getChannel()
                    .map(FileChannel.MapMode.READ_WRITE, 0, (long) THREADS * MOST * Long.BYTES)
                    .asLongBuffer();
        }
    }

    void at(int thread, int number, long millis) {
        times.put(thread * MOST + number, millis);
    }

    /** Epoch milliseconds when it had been logged; 0 if that is not known, as of the last one of a thread that was killed. */
    long millis(int thread, int number) {
        return times.get(thread * MOST + number);
    }
}
