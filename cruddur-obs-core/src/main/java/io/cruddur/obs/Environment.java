package io.cruddur.obs;

import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.otlp.OtlpEnvironment;
import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.trace.Sampler;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the environment variables that a team has set for the X-Ray SDK, the AWS SDK and Rollbar already. A value that
 * cannot be read is said once, with the valid form, and its destination is left out: a typo in an environment must not
 * keep an application from starting.
 */
final class Environment {
    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);

    private static final String EXPORTER = "CRUDDUR_OBS_TRACE_EXPORTER";
    /** By these the SDK finds credentials without asking anybody. */
    private static final List<String> CREDENTIALS = List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_PROFILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI");

    private final Map<String, String> variables;
    private final OtlpEnvironment otlp;

    Environment(Map<String, String> variables) {
        this.variables = variables;
        this.otlp = OtlpEnvironment.of(variables);
    }

    ObsBuilder toBuilder() {
        var builder = new ObsBuilder();
        String service = service();
        if (service != null) {
            builder.service(service);
        }
        builder.namedByHost(first("AWS_XRAY_URL"));
        String environment = first("ROLLBAR_ENVIRONMENT");
        if (environment != null) {
            builder.environment(environment);
        }
        String propagators = first("OTEL_PROPAGATORS");
        if (propagators != null) {
            builder.propagation(Propagation.ofOtelPropagators(propagators));
        }
        orSaid(
                () -> flag("CRUDDUR_OBS_TRACE_XRAY_SDK_BRIDGE", builder::xraySdkBridge),
                "It is on where the application has not configured the X-Ray SDK");
        orSaid(() -> flag("CRUDDUR_OBS_TRACE_PLATFORM_DETECTION", builder::platformDetection), "It is true");
        orSaid(() -> spool(builder), "What waits does so in memory");
        orLeftOut(() -> traces(builder));
        orLeftOut(() -> logs(builder, service == null ? "application" : service));
        orLeftOut(() -> errors(builder));
        return builder;
    }

    private @Nullable String service() {
        String name = first("AWS_XRAY_TRACING_NAME");
        return name == null ? otlp.serviceName() : name;
    }

    private void flag(String name, Consumer<Boolean> to) {
        String value = first(name);
        if (value == null) {
            return;
        }
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(name + " is '" + value + "'. Valid are true and false.");
        }
        to.accept(Boolean.parseBoolean(value));
    }

    private void spool(ObsBuilder builder) {
        String mode = first("CRUDDUR_OBS_DELIVERY_SPOOL_MODE");
        String directory = first("CRUDDUR_OBS_DELIVERY_SPOOL_DIRECTORY");
        builder.delivery(delivery -> {
            delivery.spool(
                    mode == null ? SpoolMode.OVERFLOW : SpoolMode.parse("CRUDDUR_OBS_DELIVERY_SPOOL_MODE", mode));
            if (directory != null) {
                delivery.spoolDirectory(Path.of(directory));
            }
        });
    }

    private void traces(ObsBuilder builder) {
        String address = first("AWS_XRAY_DAEMON_ADDRESS");
        otlp.problems().forEach(problem -> LOG.error("{} It is as if it were not set.", problem));
        Set<TraceExporter> exporters = exporters(address != null, otlp.endpoint() != null);
        if (exporters.isEmpty()) {
            return;
        }
        if (address != null) {
            builder.xrayDaemon(address);
        }
        URI endpoint = url("AWS_ENDPOINT_URL_XRAY");
        builder.region(first("AWS_REGION", "AWS_DEFAULT_REGION"));
        builder.traces(traces -> {
            traces.announced(true).exporters(exporters).xrayEndpoint(endpoint);
            traces.otlpHeaders(otlp.headers()).otlpGzip(otlp.gzip()).otlpTimeout(otlp.timeout());
            traces.otlpResource(otlp.resourceAttributes());
            if (otlp.endpoint() != null) {
                traces.otlpEndpoint(otlp.endpoint());
            }
        });
        // Until it is said otherwise, as the X-Ray SDK does.
        builder.centralSampling();
        orSaid(() -> sampler(builder), "The sampling rules of the account are followed");
    }

    /** Those that are asked for, else what is there. */
    private Set<TraceExporter> exporters(boolean hasDaemon, boolean hasCollector) {
        String asked = first(EXPORTER);
        if (asked != null) {
            return TraceExporter.parse(EXPORTER, asked);
        }
        if (hasDaemon) {
            return EnumSet.of(TraceExporter.UDP);
        }
        if (hasCollector) {
            return EnumSet.of(TraceExporter.OTLP);
        }
        boolean hasApi = first("AWS_REGION", "AWS_DEFAULT_REGION") != null
                && CREDENTIALS.stream().anyMatch(name -> first(name) != null)
                && TraceAssembly.isApiThere();
        return hasApi ? EnumSet.of(TraceExporter.API) : EnumSet.noneOf(TraceExporter.class);
    }

    /** The variables of OpenTelemetry; a caller's decision is followed first here, with or without parentbased. */
    private void sampler(ObsBuilder builder) {
        String asked = first("OTEL_TRACES_SAMPLER");
        if (asked == null) {
            return;
        }
        switch (asked.toLowerCase(Locale.ROOT).replaceFirst("^parentbased_", "")) {
            case "xray" -> builder.centralSampling();
            case "always_on" -> builder.sampler(Sampler.always());
            case "always_off" -> builder.sampler(Sampler.never());
            case "traceidratio" -> builder.sampler(Sampler.fixedRate(samplerRate()));
            default ->
                throw new IllegalArgumentException("OTEL_TRACES_SAMPLER is '" + asked
                        + "'. Valid are xray, always_on, always_off, and traceidratio with OTEL_TRACES_SAMPLER_ARG.");
        }
    }

    private double samplerRate() {
        String rate = first("OTEL_TRACES_SAMPLER_ARG");
        try {
            double share = rate == null ? 1 : Double.parseDouble(rate);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is none of a share.
        }
        throw new IllegalArgumentException(
                "OTEL_TRACES_SAMPLER_ARG is '" + rate + "'. The valid form is a number from 0 to 1, such as 0.1.");
    }

    private void logs(ObsBuilder builder, String service) {
        String region = first("AWS_REGION", "AWS_DEFAULT_REGION");
        URI endpoint = url("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS");
        if (endpoint != null || region != null) {
            builder.region(region).cloudWatchEndpoint(endpoint);
            builder.logGroup(groupNamedAfter(service));
        }
    }

    /** The service's name with nothing in it that a log group may not have. */
    static String groupNamedAfter(String service) {
        return service.replaceAll("[^A-Za-z0-9_\\-/.#]", "_");
    }

    private void errors(ObsBuilder builder) {
        String token = first("ROLLBAR_ACCESS_TOKEN");
        if (token != null) {
            // The address first: where it cannot be read, nothing goes to the service by mistake.
            builder.rollbarEndpoint(url("ROLLBAR_ENDPOINT")).codeVersion(first("ROLLBAR_CODE_VERSION"));
            builder.rollbarToken(token);
        }
    }

    /** An address; a message about one that cannot be read does not repeat it, for it may carry a password. */
    private @Nullable URI url(String name) {
        String value = first(name);
        if (value == null) {
            return null;
        }
        try {
            URI url = new URI(value);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, as for an address that is none for other reasons.
        }
        throw new IllegalArgumentException(
                name + " is not an address. The valid form is http://host:port/path or https://host/path.");
    }

    private @Nullable String first(String... names) {
        for (String name : names) {
            String value = variables.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private static void orLeftOut(Runnable destination) {
        orSaid(destination, "Nothing is sent there");
    }

    private static void orSaid(Runnable setting, String otherwise) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            LOG.error("{} {} until it is mended.", e.getMessage(), otherwise);
        }
    }
}
