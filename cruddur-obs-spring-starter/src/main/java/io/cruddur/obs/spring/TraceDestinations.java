package io.cruddur.obs.spring;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.otlp.OtlpEnvironment;
import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Which ways traces take, and where to: what is asked for, else what is there. */
final class TraceDestinations {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);

    /** What the console answers; in local mode nothing leaves the machine. */
    private static final Set<TraceExporter> LOCAL = EnumSet.of(TraceExporter.UDP, TraceExporter.ACKNOWLEDGED);

    private static final String EXPORTER = "cruddur.obs.trace.exporter";
    private static final String USUAL_DAEMON = "127.0.0.1:2000";
    private static final String USUAL_COLLECTOR = "http://127.0.0.1:4318";

    private final ObsProperties.Trace properties;
    private final Environment environment;
    private final boolean local;
    private final @Nullable ClassLoader classLoader;
    private final @Nullable String daemon;
    private final @Nullable URI xrayEndpoint;
    private final @Nullable URI otlpEndpoint;
    private final Map<String, String> otlpHeaders;
    private final List<TraceExporter> exporters;

    TraceDestinations(
            ObsProperties.Trace properties,
            Environment environment,
            Mode mode,
            @Nullable ClassLoader classLoader,
            @Nullable XrayConnectionDetails xray,
            @Nullable OtlpConnectionDetails otlp) {
        this.properties = properties;
        this.environment = environment;
        this.local = mode == Mode.LOCAL;
        this.classLoader = classLoader;
        this.daemon = xray == null ? null : xray.getDaemonAddress();
        this.xrayEndpoint = xray == null ? null : xray.getEndpoint();
        this.otlpEndpoint = otlp == null ? null : otlp.getEndpoint();
        this.otlpHeaders = otlp == null ? Map.of() : otlp.getHeaders();
        this.exporters = decided(properties.exporter());
    }

    /** Empty if there is no way out. */
    List<TraceExporter> exporters() {
        return exporters;
    }

    private List<TraceExporter> decided(List<TraceExporter> wanted) {
        List<TraceExporter> asked = wanted.stream()
                .filter(exporter -> !local || LOCAL.contains(exporter))
                .distinct()
                .toList();
        if (!asked.isEmpty() && (!local || daemon != null)) {
            // What was asked for and cannot be had is a mistake; what is decided here only follows what is there.
            asked.forEach(this::checkLibrary);
            return asked;
        }
        if (daemon != null) {
            return List.of(TraceExporter.UDP);
        }
        if (!local && otlpEndpoint != null) {
            return ifThere(TraceExporter.OTLP);
        }
        return hasApi() ? ifThere(TraceExporter.API) : List.of();
    }

    private boolean hasApi() {
        return !local && Setting.REGION.isSet(environment) && ActiveMode.hasCredentials(environment);
    }

    private List<TraceExporter> ifThere(TraceExporter exporter) {
        return library(exporter) == null ? List.of(exporter) : List.of();
    }

    private void checkLibrary(TraceExporter exporter) {
        String missing = library(exporter);
        if (missing != null) {
            throw new InvalidObsPropertyException(
                    EXPORTER + "=" + exporter,
                    "Its library is not on the class path.",
                    "Add the dependency " + missing + ", or leave '" + exporter + "' out of " + EXPORTER + ".",
                    null);
        }
    }

    /** What the exporter needs and is not there; null if nothing is missing. */
    private @Nullable String library(TraceExporter exporter) {
        return switch (exporter) {
            case UDP, ACKNOWLEDGED -> null;
            case API -> missing("software.amazon.awssdk.services.xray.XRayClient", "software.amazon.awssdk:xray");
            case OTLP -> missing("io.opentelemetry.proto.trace.v1.Span", "io.opentelemetry.proto:opentelemetry-proto");
        };
    }

    private @Nullable String missing(String className, String library) {
        return ClassUtils.isPresent(className, classLoader) ? null : library;
    }

    /** Tells the builder, and gives in words where traces go. */
    List<String> apply(ObsBuilder builder) {
        if (exporters.isEmpty()) {
            return List.of();
        }
        if (daemon != null) {
            builder.xrayDaemon(daemon);
        }
        Setting.Found region = Setting.REGION.find(environment);
        if (region != null && exporters.contains(TraceExporter.API)) {
            Checked.value(region.name(), "an AWS region, such as eu-central-1", () -> builder.region(region.value()));
        }
        builder.traces(traces ->
                traces.exporters(exporters.toArray(TraceExporter[]::new)).xrayEndpoint(xrayEndpoint));
        if (exporters.contains(TraceExporter.OTLP)) {
            otlp(builder);
        }
        return exporters.stream().map(this::inWords).toList();
    }

    private void otlp(ObsBuilder builder) {
        ObsProperties.Otlp otlp = properties.otlp();
        OtlpEnvironment variables = OtelVariables.read(environment);
        variables.problems().forEach(problem -> LOG.error("{} It is as if it were not set.", problem));
        Map<String, String> resource = new HashMap<>(variables.resourceAttributes());
        resource.putAll(otlp.resourceAttributes());
        boolean gzip =
                otlp.compression() == null ? variables.gzip() : otlp.compression() == ObsProperties.Compression.GZIP;
        builder.traces(traces -> {
            traces.otlpHeaders(otlpHeaders).otlpGzip(gzip).otlpTimeout(variables.timeout());
            traces.otlpResource(resource);
            if (otlpEndpoint != null) {
                traces.otlpEndpoint(otlpEndpoint);
            }
        });
    }

    private String inWords(TraceExporter exporter) {
        String through = daemon == null ? USUAL_DAEMON : daemon;
        return switch (exporter) {
            case UDP -> "traces to the X-Ray daemon at " + through + " (udp)";
            case ACKNOWLEDGED -> "traces to X-Ray through the daemon at " + through + " (acknowledged)";
            case API -> "traces to X-Ray" + api() + " (api)";
            case OTLP ->
                "traces over OTLP to " + (otlpEndpoint == null ? USUAL_COLLECTOR : Checked.shown(otlpEndpoint))
                        + " (otlp)";
        };
    }

    private String api() {
        String region = Setting.REGION.value(environment);
        if (xrayEndpoint != null) {
            return " at " + Checked.shown(xrayEndpoint);
        }
        return region == null ? "" : " in " + region;
    }

    /** Why nothing is sent, and what to do. */
    String nothing() {
        String library = null;
        if (!local && otlpEndpoint != null) {
            library = library(TraceExporter.OTLP);
        } else if (hasApi()) {
            library = library(TraceExporter.API);
        }
        String begin = "Cruddur Obs sends no traces: ";
        String end = "AWS_XRAY_DAEMON_ADDRESS=host:port, OTEL_EXPORTER_OTLP_ENDPOINT or " + EXPORTER
                + "; or cruddur.obs.trace.sampler=never.";
        return library == null
                ? begin + "no way out is set for them. Set " + end
                : begin + library + " is not on the class path. Add that dependency, or set " + end;
    }
}
