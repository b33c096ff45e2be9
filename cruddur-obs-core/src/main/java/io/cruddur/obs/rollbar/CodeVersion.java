package io.cruddur.obs.rollbar;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Which version of the application this is, where nobody has said so. Reads files; for the sink's thread. */
final class CodeVersion {
    private static final List<String> COMMIT = List.of("git.commit.id", "git.commit.id.full", "git.commit.id.abbrev");

    private final @Nullable ClassLoader application;
    private final String command;

    /**
     * Looks in an application.
     *
     * @param application finds its resources
     * @param command how the JVM was called: a jar or a class, and arguments
     */
    CodeVersion(@Nullable ClassLoader application, String command) {
        this.application = application;
        this.command = command;
    }

    /** The commit in {@code git.properties}, else the version of the application's jar; null if neither is there. */
    @Nullable String find() {
        try {
            String commit = commit();
            return commit == null ? versionOfJar() : commit;
        } catch (IOException | RuntimeException | LinkageError e) {
            // Nobody has promised that there is one.
            return null;
        }
    }

    private @Nullable String commit() throws IOException {
        try (InputStream file = application == null
                ? ClassLoader.getSystemResourceAsStream("git.properties")
                : application.getResourceAsStream("git.properties")) {
            if (file == null) {
                return null;
            }
            var git = new Properties();
            git.load(file);
            return COMMIT.stream()
                    .map(git::getProperty)
                    .filter(value -> value != null && !value.isBlank())
                    .map(String::strip)
                    .findFirst()
                    .orElse(null);
        }
    }

    private @Nullable String versionOfJar() throws IOException {
        String started = command.strip().split(" ", 2)[0];
        if (started.endsWith(".jar")) {
            try (var jar = new JarFile(started)) {
                Manifest manifest = jar.getManifest();
                return manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
            }
        }
        if (started.isEmpty()) {
            return null;
        }
        try {
            Package of = Class.forName(started, false, application).getPackage();
            return of == null ? null : of.getImplementationVersion();
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
