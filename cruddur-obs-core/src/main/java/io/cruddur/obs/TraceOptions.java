package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which ways traces take: {@code builder.traces(traces -> ...)}. Used by one thread. */
public final class TraceOptions {
    private Set<TraceExporter> exporters = Set.of();
    private @Nullable URI xrayEndpoint;
    private @Nullable URI otlpEndpoint;
    private Map<String, String> otlpHeaders = Map.of();
    private boolean otlpGzip = true;
    private @Nullable Duration otlpTimeout;
    private Map<String, String> otlpResource = Map.of();

    private boolean announced;

    TraceOptions() {}

    /**
     * Which ways out are used, one or several. Unset it is {@link TraceExporter#UDP} where a daemon's address is set,
     * else {@link TraceExporter#OTLP} where {@link #otlpEndpoint} is. A daemon whose address is not set is expected at 127.0.0.1:2000.
     */
    @CanIgnoreReturnValue
    public TraceOptions exporters(TraceExporter... ways) {
        return exporters(new LinkedHashSet<>(List.of(ways)));
    }

    @CanIgnoreReturnValue
    TraceOptions exporters(Set<TraceExporter> ways) {
        exporters = ways;
        return this;
    }

    /** Another address of X-Ray's API than its region's, for {@link TraceExporter#API}; null for that of the region. */
    @CanIgnoreReturnValue
    public TraceOptions xrayEndpoint(@Nullable URI endpoint) {
        xrayEndpoint = ObsBuilder.http("xrayEndpoint", endpoint);
        return this;
    }

    /**
     * Where {@link TraceExporter#OTLP} posts to, path and all, such as {@code http://collector:4318/v1/traces}; that of a
     * collector on this machine by default. Requests to an address of X-Ray, {@code
     * https://xray.eu-central-1.amazonaws.com/v1/traces}, are signed with the credentials that the AWS SDK finds.
     */
    @CanIgnoreReturnValue
    public TraceOptions otlpEndpoint(URI endpoint) {
        otlpEndpoint = ObsBuilder.http("otlpEndpoint", endpoint);
        return this;
    }

    /** Headers of each request over OTLP, such as a vendor's key. */
    @CanIgnoreReturnValue
    public TraceOptions otlpHeaders(Map<String, String> headers) {
        otlpHeaders = Map.copyOf(headers);
        return this;
    }

    /** Whether requests over OTLP are compressed with gzip; they are by default. */
    @CanIgnoreReturnValue
    public TraceOptions otlpGzip(boolean value) {
        otlpGzip = value;
        return this;
    }

    /** How long an attempt over OTLP may take; as long as any other, {@link DeliveryOptions#attemptTimeout}, for null. */
    @CanIgnoreReturnValue
    public TraceOptions otlpTimeout(@Nullable Duration timeout) {
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("otlpTimeout is longer than nothing; it was " + timeout);
        }
        otlpTimeout = timeout;
        return this;
    }

    /** Attributes of the OTLP resource beside those that are known otherwise, such as {@code team}. */
    @CanIgnoreReturnValue
    public TraceOptions otlpResource(Map<String, String> attributes) {
        otlpResource = Map.copyOf(attributes);
        return this;
    }

    /** Whether a line at the start says where traces go, for nobody has said it in code. */
    @CanIgnoreReturnValue
    TraceOptions announced(boolean value) {
        announced = value;
        return this;
    }

    boolean isAnnounced() {
        return announced;
    }

    @Nullable URI otlpEndpoint() {
        return otlpEndpoint;
    }

    Map<String, String> otlpHeaders() {
        return otlpHeaders;
    }

    boolean isOtlpGzip() {
        return otlpGzip;
    }

    @Nullable Duration otlpTimeout() {
        return otlpTimeout;
    }

    Map<String, String> otlpResource() {
        return otlpResource;
    }

    Set<TraceExporter> exporters() {
        return exporters;
    }

    @Nullable URI xrayEndpoint() {
        return xrayEndpoint;
    }
}
