package io.cruddur.obs.log;

import io.cruddur.obs.delivery.SpoolMode;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Starts what ships the records of an appender that is configured by itself. Found by {@link java.util.ServiceLoader}. */
public interface OwnSignalProvider {
    /**
     * Where to, and how.
     *
     * @param service the service's name
     * @param environment the environment's name; null for the default
     * @param group the log group; null for the service's name
     * @param stream the log stream; null for host and process
     * @param region the AWS region; null leaves it to the SDK's chain
     * @param endpoint another address than the service's; null for the service
     * @param anonymous whether calls are signed with meaningless credentials
     * @param spool when lines are kept on disk
     * @param spoolDirectory where; null for the default
     * @param lines how lines are written
     * @param capture what is copied of an event
     */
    record Settings(
            String service,
            @Nullable String environment,
            @Nullable String group,
            @Nullable String stream,
            @Nullable String region,
            @Nullable URI endpoint,
            boolean anonymous,
            SpoolMode spool,
            @Nullable Path spoolDirectory,
            LineSettings lines,
            CaptureSettings capture) {}

    /**
     * Starts it.
     *
     * @throws IllegalArgumentException if something is not valid; says what, and what is
     * @throws IllegalStateException if a library is missing
     */
    OwnSignal start(Settings settings);
}
