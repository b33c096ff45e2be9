package io.cruddur.obs.spring;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where errors go. */
public interface RollbarConnectionDetails extends ConnectionDetails {
    /** A token with the scope {@code post_server_item}; null leaves errors to the log. */
    @Nullable String getAccessToken();

    /** Another address of the item API than Rollbar's. */
    default @Nullable URI getEndpoint() {
        return null;
    }
}
