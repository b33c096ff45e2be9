package io.cruddur.obs.rollbar;

import io.cruddur.obs.error.ClientAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an item says beside the error.
 *
 * @param framework the framework that the application uses, if that was said
 * @param root where the application's sources lie in its repository; null for Maven's place
 * @param appPackages the packages of the application
 * @param region the AWS region of the traces, if they go to X-Ray
 * @param consoleUrl where the local console is, if there is one
 * @param clientAddress what is said of a client's address
 * @param maxBytes the most that an item has, before compression
 * @param threadDump whether an item holds the stacks of all threads
 */
public record ItemSettings(
        @Nullable String framework,
        @Nullable String root,
        List<String> appPackages,
        @Nullable String region,
        @Nullable URI consoleUrl,
        ClientAddress clientAddress,
        int maxBytes,
        boolean threadDump) {
    static final int DEFAULT_BYTES = 524_288;

    /** Nothing that was not said. */
    public static final ItemSettings DEFAULT =
            new ItemSettings(null, null, List.of(), null, null, ClientAddress.OFF, DEFAULT_BYTES, false);
}
