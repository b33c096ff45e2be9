package io.cruddur.obs.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where logs go. With neither region nor endpoint none are sent. */
public interface CloudWatchLogsConnectionDetails extends ConnectionDetails {
    /** The AWS region. */
    @Nullable String getRegion();

    /** Another address than the region's. */
    default @Nullable URI getEndpoint() {
        return null;
    }

    /** Whether calls are signed with meaningless credentials, for a stand-in that does not check them. */
    default boolean isAnonymous() {
        return false;
    }
}
