package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What lies on the disk, from a process that died or from somebody else: reading it ends, throws nothing, and settles
 * every record that it says is there. The first byte is the length of the cursor's file; the segment is the rest.
 */
public final class SpoolTarget {
    private SpoolTarget() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        int cursor = input.length == 0 ? 0 : Math.min(input[0] & 0xFF, input.length - 1);
        Path base = Files.createTempDirectory("fuzzed-spool");
        try {
            Path dead = Files.createDirectories(
                    base.resolve("service/sink/dead"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (input.length > 0) {
                Files.write(dead.resolve("cursor"), Arrays.copyOfRange(input, 1, 1 + cursor));
                Files.write(dead.resolve("0000000000000001.seg"), Arrays.copyOfRange(input, 1 + cursor, input.length));
            }
            read(base);
        } finally {
            delete(base);
        }
    }

    private static void read(Path base) {
        var lost = new AtomicLong();
        var spool = new Spool(new SpoolSettings(base, List.of("service", "sink"), 1 << 20, Duration.ofDays(36_500)));
        spool.start(
                (reason, records) -> {
                    throw new AssertionError("not a record of this process");
                },
                (reason, records) -> lost.addAndGet(records));
        for (RecordStore<EncodedRecord> orphan : spool.adopt()) {
            long known = orphan.records();
            long ended = 0;
            int taken = 0;
            for (EncodedRecord next = orphan.peek(); next != null; next = orphan.peek()) {
                orphan.take();
                taken++;
                ended += next.endsRecord() ? 1 : 0;
            }
            orphan.acknowledge(taken);
            orphan.close();
            if (ended + lost.get() != known || orphan.records() != 0) {
                throw new AssertionError(known + " known, " + ended + " ended, " + lost + " lost");
            }
        }
        spool.close();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
