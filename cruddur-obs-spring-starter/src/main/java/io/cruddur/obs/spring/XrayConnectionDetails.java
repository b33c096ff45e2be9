package io.cruddur.obs.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where traces go. */
public interface XrayConnectionDetails extends ConnectionDetails {
    /** The daemon: {@code host:port}, or {@code tcp:host:port udp:host:port}; null sends no traces. */
    @Nullable String getDaemonAddress();
}
