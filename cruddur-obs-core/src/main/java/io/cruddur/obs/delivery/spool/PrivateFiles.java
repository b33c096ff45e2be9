package io.cruddur.obs.delivery.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that nobody else may read: log lines are nobody else's business. */
final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private PrivateFiles() {}

    /**
     * Creates it.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    static Path createFile(Path file) throws IOException {
        return Files.createFile(file, permissions("rw-------"));
    }

    /** Creates it, unless it is there. */
    static Path createFileIfMissing(Path file) throws IOException {
        try {
            return createFile(file);
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    /** Creates it, unless something of that name is there. */
    static Path createDirectory(Path directory) throws IOException {
        try {
            return Files.createDirectory(directory, permissions("rwx------"));
        } catch (FileAlreadyExistsException e) {
            return directory;
        }
    }

    /**
     * Checks that a directory is whose the other one is, which this process has just made, and closed to all others: in a
     * place for temporary files anybody can put one.
     *
     * @throws IOException if it is not; says what is wrong
     */
    static void check(Path directory, Path mine) throws IOException {
        if (!POSIX) {
            return;
        }
        PosixFileAttributes found = attributes(directory);
        String user = attributes(mine).owner().getName();
        if (!found.isDirectory()) {
            throw new IOException(directory + " is not a directory");
        }
        if (!found.owner().getName().equals(user)) {
            throw new IOException(directory + " belongs to " + found.owner().getName() + ", not to " + user);
        }
        if (found.permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IOException(directory + " is open to other users: its mode has to be 700");
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<?>[] permissions(String rights) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
