package io.cruddur.obs;

import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.xray.DaemonAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which ways traces take, decided.
 *
 * @param exporters the ways, in their order; empty for none
 * @param daemon where the daemon is; null if none was named and none is needed
 * @param region the AWS region; null leaves it to the SDK's chain
 * @param xrayEndpoint another address of X-Ray's API; null for that of the region
 * @param options what else was set
 * @param anonymous sign with meaningless credentials instead of the SDK's chain; for a stand-in
 */
record TraceSettings(
        List<TraceExporter> exporters,
        @Nullable DaemonAddress daemon,
        @Nullable String region,
        @Nullable URI xrayEndpoint,
        boolean anonymous,
        TraceOptions options) {
    private static final URI LOCAL_COLLECTOR = URI.create("http://127.0.0.1:4318/v1/traces");
    private static final Pattern XRAY_HOST = Pattern.compile("xray\\.([a-z0-9-]{1,64})\\.amazonaws\\.com(\\.cn)?");
    private static final DaemonAddress USUAL_DAEMON = new DaemonAddress("127.0.0.1", 2000, "127.0.0.1", 2000);

    static TraceSettings of(TraceOptions options, @Nullable String daemon, @Nullable String region, boolean anonymous) {
        Set<TraceExporter> asked = options.exporters();
        if (asked.isEmpty() && daemon != null) {
            asked = EnumSet.of(TraceExporter.UDP);
        }
        if (asked.isEmpty() && options.otlpEndpoint() != null) {
            asked = EnumSet.of(TraceExporter.OTLP);
        }
        boolean throughDaemon = asked.contains(TraceExporter.UDP) || asked.contains(TraceExporter.ACKNOWLEDGED);
        DaemonAddress otherwise = throughDaemon ? USUAL_DAEMON : null;
        return new TraceSettings(
                List.copyOf(asked),
                daemon == null ? otherwise : DaemonAddress.parse(daemon),
                region,
                options.xrayEndpoint(),
                anonymous,
                options);
    }

    /** How X-Ray's API is reached. */
    Connection connection(Duration attemptTimeout) {
        return new Connection(region, xrayEndpoint, anonymous, attemptTimeout);
    }

    URI otlpEndpoint() {
        URI asked = options.otlpEndpoint();
        return asked == null ? LOCAL_COLLECTOR : asked;
    }

    /** The region in whose X-Ray the address is; null for an address elsewhere. */
    @Nullable String otlpSigningRegion() {
        Matcher xray = XRAY_HOST.matcher(String.valueOf(otlpEndpoint().getHost()));
        return xray.matches() ? xray.group(1) : null;
    }

    /** In words, for the line at the start. */
    String inWords() {
        return String.join(", ", exporters.stream().map(this::inWords).toList());
    }

    private String inWords(TraceExporter exporter) {
        return switch (exporter) {
            case UDP -> "the X-Ray daemon at " + daemon + " (udp)";
            case ACKNOWLEDGED -> "X-Ray through the daemon at " + daemon + " (acknowledged)";
            case API -> "X-Ray (api" + (region == null ? "" : ", " + region) + ")";
            case OTLP -> otlpEndpoint().getHost() + " (otlp)";
        };
    }
}
