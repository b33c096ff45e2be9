package io.cruddur.obs.otlp;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go over OTLP/HTTP. Immutable.
 *
 * @param endpoint the address to which requests are posted as it is, path and all
 * @param headers sent with each request, such as a vendor's key; never shown
 * @param gzip whether requests are compressed
 * @param attemptTimeout how long one attempt may take, from the connection to the end of the answer
 * @param resource what is said of the process
 * @param region signs each request for X-Ray in that region, with the credentials that the AWS SDK finds; null signs nothing
 */
public record OtlpSettings(
        URI endpoint,
        Map<String, String> headers,
        boolean gzip,
        Duration attemptTimeout,
        OtlpResource resource,
        @Nullable String region) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the endpoint is no HTTP address, or a header none that can be sent
     */
    public OtlpSettings {
        boolean speaksHttp =
                "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        if (!speaksHttp || endpoint.getHost() == null) {
            // Without the address: it may hold a password.
            throw new IllegalArgumentException("The OTLP endpoint is not an address. The valid form is"
                    + " http://host:4318/v1/traces or https://host/path.");
        }
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            if (!canBeSent(name, value)) {
                throw new IllegalArgumentException("The OTLP header " + name + " cannot be sent.");
            }
        });
    }

    /** A collector's traces path, with all else as it is by default: compressed, five seconds an attempt, unsigned. */
    public static OtlpSettings collector(URI endpoint, OtlpResource resource) {
        return new OtlpSettings(endpoint, Map.of(), true, DEFAULT_TIMEOUT, resource, null);
    }

    /**
     * X-Ray's own OTLP endpoint of a region, signed.
     *
     * @throws IllegalArgumentException if that is no name of a region
     */
    public static OtlpSettings xray(String region, OtlpResource resource) {
        if (!region.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("The region is not one. The valid form is eu-central-1.");
        }
        String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        URI endpoint = URI.create("https://xray." + region + domain + "/v1/traces");
        return new OtlpSettings(endpoint, Map.of(), true, DEFAULT_TIMEOUT, resource, region);
    }

    /** The same with other headers. */
    public OtlpSettings withHeaders(Map<String, String> newHeaders) {
        return new OtlpSettings(endpoint, newHeaders, gzip, attemptTimeout, resource, region);
    }

    /** The same, compressed or not. */
    public OtlpSettings withGzip(boolean newGzip) {
        return new OtlpSettings(endpoint, headers, newGzip, attemptTimeout, resource, region);
    }

    /** The same with another time limit for an attempt. */
    public OtlpSettings withAttemptTimeout(Duration newTimeout) {
        return new OtlpSettings(endpoint, headers, gzip, newTimeout, resource, region);
    }

    /** Whether the JDK's client takes it: it sets some itself. */
    static boolean canBeSent(String name, String value) {
        try {
            return HttpRequest.newBuilder().header(name, value) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "OtlpSettings[host=" + endpoint.getHost() + ", path=" + endpoint.getPath() + ", region=" + region + "]";
    }
}
