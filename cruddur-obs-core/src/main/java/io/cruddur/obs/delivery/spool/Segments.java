package io.cruddur.obs.delivery.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segment files of one process's directory, by number. Used under one lock. */
final class Segments {
    /** "CruddObs", and the version of what follows. */
    private static final long MAGIC = 0x4372_7564_644F_6273L;

    private static final long VERSION = 1;
    static final int HEADER = 16;

    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.seg");

    private final Path directory;
    private final Budget budget;
    private final TreeMap<Long, Long> bytesByNumber = new TreeMap<>();

    Segments(Path directory, Budget budget) {
        this.directory = directory;
        this.budget = budget;
    }

    /** Finds what is there. */
    void list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    add(Long.parseLong(name.group(1)), Files.size(file));
                }
            }
        }
    }

    void add(long number, long bytes) {
        bytesByNumber.merge(number, bytes, Long::sum);
        budget.take(bytes);
    }

    long bytes() {
        return bytesByNumber.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The length of one that is there. */
    long bytes(long number) {
        return bytesByNumber.getOrDefault(number, 0L);
    }

    /** Gives up what is counted of them; the files stay. */
    void forgetAll() {
        budget.giveBack(bytes());
        bytesByNumber.clear();
    }

    /** The first with that number or a higher one; null if there is none. */
    @Nullable Long from(long number) {
        return bytesByNumber.ceilingKey(number);
    }

    Path path(long number) {
        return directory.resolve("%016d.seg".formatted(number));
    }

    static byte[] header() {
        return ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(VERSION).array();
    }

    /** Whether the file says that this version began it. */
    boolean isReadable(long number) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        try (var file = Files.newByteChannel(path(number))) {
            int read = Channels.newInputStream(file).readNBytes(header.array(), 0, HEADER);
            return read == HEADER && header.getLong(0) == MAGIC && header.getLong(8) == VERSION;
        }
    }

    /** Puts a file aside that this version cannot read: a person may look at it. */
    void quarantine(long number) throws IOException {
        Path path = path(number);
        Files.move(path, path.resolveSibling(path.getFileName() + ".quarantined"));
        forget(number);
    }

    /** Removes those before the given number. */
    void removeBefore(long number) throws IOException {
        while (!bytesByNumber.isEmpty() && bytesByNumber.firstKey() < number) {
            long first = bytesByNumber.firstKey();
            Files.deleteIfExists(path(first));
            forget(first);
        }
    }

    private void forget(long number) {
        Long bytes = bytesByNumber.remove(number);
        budget.giveBack(bytes == null ? 0 : bytes);
    }
}
