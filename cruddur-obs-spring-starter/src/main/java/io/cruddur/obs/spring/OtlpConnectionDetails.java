package io.cruddur.obs.spring;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where traces go over OTLP/HTTP: a collector, or X-Ray's own OTLP address. Not asked for in local mode. */
public interface OtlpConnectionDetails extends ConnectionDetails {
    /** Where requests are posted, path and all, such as {@code http://collector:4318/v1/traces}; null for none. */
    @Nullable URI getEndpoint();

    /** Headers of each request, such as a vendor's key. */
    default Map<String, String> getHeaders() {
        return Map.of();
    }
}
