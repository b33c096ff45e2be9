package io.cruddur.obs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells one instance of a service from another. */
final class HostAndProcess {
    /** What a log stream is named after where nothing is said. */
    static final String STREAM = "{instance}";

    private HostAndProcess() {}

    /** The host's name and the process id, in characters that a log stream's name may have. */
    static String name() {
        return host().replaceAll("[:*\\s]", "_") + '-' + pid();
    }

    /** What may be put into a log stream's name. */
    static Map<String, String> values(String service) {
        return Map.of("service", service, "host", host(), "pid", pid(), "instance", name());
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /** Without asking the network, which may let one wait. */
    static String host() {
        String host = firstOf(System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"), kernelsName());
        return host == null ? "localhost" : host.strip();
    }

    private static @Nullable String kernelsName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static @Nullable String firstOf(@Nullable String... names) {
        for (String name : names) {
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return null;
    }
}
