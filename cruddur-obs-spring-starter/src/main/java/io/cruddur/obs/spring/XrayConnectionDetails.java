package io.cruddur.obs.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where X-Ray is. */
public interface XrayConnectionDetails extends ConnectionDetails {
    /** The daemon: {@code host:port}, or {@code tcp:host:port udp:host:port}; null for none. */
    @Nullable String getDaemonAddress();

    /** Another address of X-Ray's API than the region's; null for that of the region. */
    default @Nullable URI getEndpoint() {
        return null;
    }
}
