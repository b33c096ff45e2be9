package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RecordStore;
import io.cruddur.obs.delivery.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What the tests of the spool do again and again. */
final class Spools {
    static final List<String> NAMES = List.of("service", "sink");

    private Spools() {}

    static Spool in(Path base) {
        return in(base, 64 << 20);
    }

    static Spool in(Path base, long maxBytes) {
        var spool = new Spool(new SpoolSettings(base, NAMES, maxBytes, Duration.ofDays(13)));
        RecordStore.Losses none = (reason, records) -> {
            throw new AssertionError(records + " lost: " + reason);
        };
        spool.start(none, none);
        return spool;
    }

    static EncodedRecord record(String text) {
        return part(text, true);
    }

    static EncodedRecord part(String text, boolean endsRecord) {
        return new EncodedRecord(
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)),
                System.currentTimeMillis(),
                Severity.WARN,
                endsRecord,
                text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> takeAll(RecordStore<EncodedRecord> store) {
        var texts = new ArrayList<String>();
        for (EncodedRecord next = store.peek(); next != null; next = store.peek()) {
            store.take();
            texts.add(new String(next.bytes(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** As a process makes its own: closed to others. */
    static Path privateDirectory(Path directory) throws IOException {
        return Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The one directory that a process has there. */
    static Path processDirectory(Path base) throws IOException {
        try (Stream<Path> directories = Files.list(base.resolve("service").resolve("sink"))) {
            return directories.findFirst().orElseThrow();
        }
    }

    static List<Path> segments(Path base) throws IOException {
        try (Stream<Path> files = Files.walk(base)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }
}
