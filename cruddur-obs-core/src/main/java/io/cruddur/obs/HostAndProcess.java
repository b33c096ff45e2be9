package io.cruddur.obs;

/** Tells one instance of a service from another. */
final class HostAndProcess {
    private HostAndProcess() {}

    /** The host's name and the process id, in characters that a log stream's name may have. */
    static String name() {
        String host = System.getenv("HOSTNAME");
        String name = host == null || host.isBlank() ? "localhost" : host.replaceAll("[:*\\s]", "_");
        return name + '-' + ProcessHandle.current().pid();
    }
}
