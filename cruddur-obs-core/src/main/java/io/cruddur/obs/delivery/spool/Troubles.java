package io.cruddur.obs.delivery.spool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What is wrong with a place, and what to do. */
final class Troubles {
    private Troubles() {}

    static String inWords(Path directory, IOException e) {
        return "The spool in " + directory + " cannot be used: " + cause(e) + ".";
    }

    private static String cause(IOException e) {
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return place(e) + " is a file; name a directory";
        }
        if (e instanceof AccessDeniedException) {
            return "this user may not write to " + place(e);
        }
        if (e instanceof NoSuchFileException) {
            return place(e) + " cannot be made there";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String place(IOException e) {
        return String.valueOf(((FileSystemException) e).getFile());
    }
}
