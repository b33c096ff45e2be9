package io.cruddur.obs.delivery.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one process, held by a lock that the system gives free when the process ends, however it does. */
final class ProcessDirectory {
    private static final String LOCK = "lock";
    private static final String CURSOR = "cursor";
    private static final int ATTEMPTS = 5;

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
            for (Path level : levels) {
                PrivateFiles.check(level, own);
            }
            // Another process that looks for what is left behind may have been faster: then there is another name.
            ProcessDirectory held = hold(own);
            if (held != null) {
                return held;
            }
        }
        throw new IOException("no directory could be locked in " + parent);
    }

    /** Those whose processes are dead, now held by this one. */
    static List<ProcessDirectory> orphans(SpoolSettings settings) throws IOException {
        var orphans = new ArrayList<ProcessDirectory>();
        if (!Files.isDirectory(settings.directory())) {
            return orphans;
        }
        try (Stream<Path> directories = Files.list(settings.directory())) {
            for (Path directory : (Iterable<Path>) directories::iterator) {
                ProcessDirectory held = Files.isDirectory(directory) ? holdOrNot(directory) : null;
                if (held != null) {
                    orphans.add(held);
                }
            }
        }
        return orphans;
    }

    /** One that cannot be opened, by its rights or because it is being removed, is not in the others' way. */
    private static @Nullable ProcessDirectory holdOrNot(Path directory) {
        try {
            return hold(directory);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable ProcessDirectory hold(Path path) throws IOException {
        if (System.getProperty(held(path)) != null) {
            // To open and close its lock would give it free: such locks belong to the process.
            return null;
        }
        var file = new RandomAccessFile(
                PrivateFiles.createFileIfMissing(path.resolve(LOCK)).toFile(), "rw");
        FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this process all the same; closed, it would be free.
            return null;
        } catch (IOException e) {
            file.close();
            throw e;
        }
        if (lock == null) {
            file.close();
            return null;
        }
        System.setProperty(held(path), "");
        return new ProcessDirectory(path, file);
    }

    /** Known to all class loaders of the process, which share its locks. */
    private static String held(Path path) {
        return "cruddur.obs.spool.held." + path.toAbsolutePath().normalize();
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
        boolean empty;
        try (Stream<Path> files = Files.list(path)) {
            empty = files.allMatch(file -> file.endsWith(LOCK) || file.endsWith(CURSOR));
        }
        if (empty) {
            Files.deleteIfExists(cursor());
            Files.deleteIfExists(path.resolve(LOCK));
            Files.deleteIfExists(path);
        }
        lockFile.close();
        System.clearProperty(held(path));
    }
}
