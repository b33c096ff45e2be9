package io.cruddur.obs.otlp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OpenTelemetry's own variables say of where traces go, by
 * <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">its specification</a>: one that is for traces alone
 * goes before the one for all signals. What cannot be read is as if it were not set, and is told in {@link #problems}.
 * Immutable.
 */
public final class OtlpEnvironment {
    private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
    private static final String TRACES_PREFIX = PREFIX + "TRACES_";
    private static final String RESOURCE_ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES";
    private static final String TRACES_PATH = "v1/traces";

    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();
    private final @Nullable URI endpoint;
    private final Map<String, String> headers;
    private final @Nullable Duration timeout;
    private final boolean gzip;
    private final Map<String, String> resourceAttributes;

    private OtlpEnvironment(Map<String, String> variables) {
        this.variables = variables;
        this.endpoint = readEndpoint();
        this.headers = readHeaders();
        this.timeout = readTimeout();
        this.gzip = readGzip();
        this.resourceAttributes = readPairs(RESOURCE_ATTRIBUTES);
        String protocol = value(name("PROTOCOL"));
        if (protocol != null && !protocol.equals("http/protobuf")) {
            problems.add(name("PROTOCOL") + " is not http/protobuf, which is what is spoken.");
        }
    }

    /** Reads variables, such as {@code System.getenv()}. */
    public static OtlpEnvironment of(Map<String, String> variables) {
        return new OtlpEnvironment(Map.copyOf(variables));
    }

    /** Where requests are to be posted, path and all; null where nothing says so. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** What is to be sent with each request. */
    public Map<String, String> headers() {
        return headers;
    }

    /** How long an attempt may take; null where nothing says so. */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** Whether to compress: true unless {@code none} is asked for. */
    public boolean gzip() {
        return gzip;
    }

    /** Attributes of the resource, {@code service.name} among them if it was given. */
    public Map<String, String> resourceAttributes() {
        return resourceAttributes;
    }

    /** {@code OTEL_SERVICE_NAME}, else the resource's {@code service.name}; null where nothing says so. */
    public @Nullable String serviceName() {
        String name = value("OTEL_SERVICE_NAME");
        return name == null ? resourceAttributes.get("service.name") : name;
    }

    /** What could not be read: a sentence each, with no value, which may be a secret. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The name of the variable that counts: that for traces alone if it is set. */
    private String name(String what) {
        return value(TRACES_PREFIX + what) == null ? PREFIX + what : TRACES_PREFIX + what;
    }

    private @Nullable String value(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private @Nullable URI readEndpoint() {
        String ofTraces = value(TRACES_PREFIX + "ENDPOINT");
        if (ofTraces != null) {
            return address(TRACES_PREFIX + "ENDPOINT", ofTraces);
        }
        String base = value(PREFIX + "ENDPOINT");
        return base == null
                ? null
                : address(PREFIX + "ENDPOINT", base.endsWith("/") ? base + TRACES_PATH : base + '/' + TRACES_PATH);
    }

    private @Nullable URI address(String name, String text) {
        try {
            var address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below, without the text.
        }
        problems.add(name + " is not an address. The valid form is http://host:4318 or https://host/path.");
        return null;
    }

    private @Nullable Duration readTimeout() {
        String millis = value(name("TIMEOUT"));
        if (millis == null) {
            return null;
        }
        if (!millis.matches("0*[1-9]\\d{0,8}")) {
            problems.add(name("TIMEOUT") + " is not a number of milliseconds.");
            return null;
        }
        return Duration.ofMillis(Long.parseLong(millis));
    }

    private boolean readGzip() {
        String compression = value(name("COMPRESSION"));
        if (compression != null && !compression.equals("gzip") && !compression.equals("none")) {
            problems.add(name("COMPRESSION") + " is neither gzip nor none.");
        }
        return !"none".equals(compression);
    }

    private Map<String, String> readHeaders() {
        var usable = new LinkedHashMap<String, String>();
        readPairs(name("HEADERS")).forEach((header, value) -> {
            if (OtlpSettings.canBeSent(header, value)) {
                usable.put(header, value);
            } else {
                problems.add(name("HEADERS") + " has a header that cannot be sent.");
            }
        });
        return Map.copyOf(usable);
    }

    /** {@code key1=value1,key2=value2}, in the coding of W3C baggage. */
    private Map<String, String> readPairs(String name) {
        var pairs = new LinkedHashMap<String, String>();
        String text = value(name);
        for (String pair : text == null ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            String key = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = decoded(pair.substring(equals + 1).strip());
            if (key.isEmpty() || value == null) {
                problems.add(name + " has an entry that is not key=value.");
            } else {
                pairs.put(key, value);
            }
        }
        return Map.copyOf(pairs);
    }

    private static @Nullable String decoded(String text) {
        try {
            // A plus is a plus here, other than in a form.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
