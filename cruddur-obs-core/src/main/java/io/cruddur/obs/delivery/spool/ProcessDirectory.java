package io.cruddur.obs.delivery.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one process, held by a lock that the system gives free when the process ends, however it does. */
final class ProcessDirectory {
    private static final String LOCK = "lock";
    private static final String CURSOR = "cursor";
    private static final int ATTEMPTS = 5;
    private static final Queue<RandomAccessFile> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

    private final Path path;
    private final RandomAccessFile lockFile;

    private ProcessDirectory(Path path, RandomAccessFile lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * A new one, for this process.
     *
     * @throws IOException if it cannot be made there, or what is there cannot be trusted
     */
    static ProcessDirectory create(SpoolSettings settings) throws IOException {
        Files.createDirectories(settings.base());
        var levels = new ArrayList<Path>();
        Path parent = settings.base();
        for (Path name : settings.base().relativize(settings.directory())) {
            parent = PrivateFiles.createDirectory(parent.resolve(name));
            levels.add(parent);
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            Path own = PrivateFiles.createDirectory(parent.resolve(newName()));
            try {
                for (Path level : levels) {
                    PrivateFiles.check(level, own);
                }
                // Another process that looks for what is left behind may have been faster: then there is another name.
                ProcessDirectory held = hold(own);
                if (held != null) {
                    return held;
                }
            } catch (IOException e) {
                Files.deleteIfExists(own);
                throw e;
            }
        }
        throw new IOException("no directory could be locked in " + parent);
    }

    /**
     * Those whose processes are dead, now held by this one.
     *
     * @throws IOException if nothing can be kept there at all
     */
    static List<ProcessDirectory> orphans(SpoolSettings settings) throws IOException {
        var orphans = new ArrayList<ProcessDirectory>();
        ProcessDirectory mine = create(settings);
        try (Stream<Path> directories = Files.list(settings.directory())) {
            for (Path directory : (Iterable<Path>) directories::iterator) {
                ProcessDirectory held = holdOrNot(directory, mine.path());
                if (held != null) {
                    orphans.add(held);
                }
            }
        } finally {
            mine.release();
        }
        return orphans;
    }

    /**
     * One that cannot be opened, because it is being removed, is not in the others' way; one that is another user's was put
     * there to be believed, and is not.
     */
    private static @Nullable ProcessDirectory holdOrNot(Path directory, Path mine) {
        try {
            PrivateFiles.check(directory, mine);
            return hold(directory);
        } catch (IOException e) {
            return null;
        }
    }

    /** Claimed in this process first: to open its lock a second time, and close it, would give it free. */
    private static @Nullable ProcessDirectory hold(Path directory) throws IOException {
        Path path = directory.toRealPath();
        if (System.getProperties().putIfAbsent(held(path), "") != null) {
            return null;
        }
        RandomAccessFile file = null;
        try {
            file = new RandomAccessFile(
                    PrivateFiles.createFileIfMissing(path.resolve(LOCK)).toFile(), "rw");
            if (file.getChannel().tryLock() != null) {
                return new ProcessDirectory(path, file);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process all the same; closed, or collected, it would be free.
            if (file != null) {
                NEVER_CLOSED.add(file);
            }
            return null;
        } catch (IOException e) {
            abandon(path, file);
            throw e;
        }
        abandon(path, file);
        return null;
    }

    private static void abandon(Path path, @Nullable RandomAccessFile file) throws IOException {
        System.clearProperty(held(path));
        if (file != null) {
            file.close();
        }
    }

    /** Known to all class loaders of the process, which share its locks. */
    private static String held(Path path) {
        return "cruddur.obs.spool.held." + path;
    }

    private static String newName() {
        return Long.toHexString(System.currentTimeMillis())
                + '-'
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    Path path() {
        return path;
    }

    Path cursor() {
        return path.resolve(CURSOR);
    }

    /** Gives the lock free; removes the directory if nothing of worth is in it. */
    void release() throws IOException {
        try {
            if (isEmpty()) {
                Files.deleteIfExists(cursor());
                Files.deleteIfExists(path.resolve(LOCK));
                Files.deleteIfExists(path);
            }
        } finally {
            abandon(path, lockFile);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.allMatch(file -> file.endsWith(LOCK) || file.endsWith(CURSOR));
        }
    }
}
