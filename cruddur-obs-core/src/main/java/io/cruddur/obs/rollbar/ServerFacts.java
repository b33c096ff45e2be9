package io.cruddur.obs.rollbar;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What an item says of where it comes from.
 *
 * @param host the machine's name
 * @param codeVersion the version of the application, if it can be found
 * @param ownVersion the version of this library
 */
record ServerFacts(String host, @Nullable String codeVersion, String ownVersion) {

    /** Those of this process; looks up the host's name and reads files, which may take long. */
    static ServerFacts find(@Nullable ClassLoader application) {
        String own = ServerFacts.class.getPackage().getImplementationVersion();
        return new ServerFacts(
                hostName(),
                new CodeVersion(application, System.getProperty("sun.java.command", "")).find(),
                own == null ? "0" : own);
    }

    private static String hostName() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
