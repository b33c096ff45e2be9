package io.cruddur.obs.spring;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.RedactOptions;
import io.cruddur.obs.cloudwatch.LogGroup;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.trace.Sampler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** From properties and destinations to a running {@link Obs}; says once where things go, and what is missing. */
final class ObsFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);
    private static final double DEFAULT_RATE = 0.05;

    private final ObsProperties properties;
    private final Environment environment;
    private final Mode mode;
    private final @Nullable ClassLoader classLoader;
    private final ErrorSettings errorSettings;
    private final ObsBuilder builder = Obs.builder();
    private final List<String> destinations = new ArrayList<>();

    ObsFactory(
            ObsProperties properties,
            Environment environment,
            Mode mode,
            @Nullable ClassLoader classLoader,
            ErrorSettings errorSettings) {
        this.errorSettings = errorSettings;
        this.classLoader = classLoader;
        this.properties = properties;
        this.environment = environment;
        this.mode = mode;
    }

    Obs create(
            @Nullable XrayConnectionDetails xray,
            @Nullable OtlpConnectionDetails otlp,
            @Nullable CloudWatchLogsConnectionDetails logs,
            @Nullable RollbarConnectionDetails rollbar) {
        if (mode == Mode.OFF) {
            sayOff(said(xray, otlp, logs, rollbar));
            return Obs.off();
        }
        if (mode == Mode.LOCAL && xray == null && logs == null && rollbar == null) {
            throw new InvalidObsPropertyException(
                    "cruddur.obs.mode=local",
                    "The console is not on the class path.",
                    "Add the dependency io.cruddur.obs:cruddur-obs-console (optional), or set cruddur.obs.mode to aws or off.",
                    null);
        }
        String service = or(Setting.SERVICE.value(environment), "application");
        builder.service(service)
                .namedByHost(Setting.NAMED_BY_HOST.value(environment))
                .environment(or(Setting.ENVIRONMENT.value(environment), mode == Mode.LOCAL ? "local" : "production"));
        // The context closes it, once the web server and all else have stopped.
        builder.closeOnShutdown(false);
        Checked.value(
                "cruddur.obs.delivery.shutdown-timeout",
                "a time such as 5s or 500ms",
                () -> builder.shutdownTimeout(properties.delivery().shutdownTimeout()));
        delivery(properties.delivery());
        redact(properties.redact());
        builder.mdc(properties.logs().mdc());
        traces(new TraceDestinations(properties.trace(), environment, mode, classLoader, xray, otlp));
        logs(logs, service);
        errors(rollbar);
        LOG.info(
                "Cruddur Obs is in {} mode: {}.",
                mode.name().toLowerCase(Locale.ROOT),
                destinations.isEmpty() ? "nothing is sent" : String.join("; ", destinations));
        return builder.build();
    }

    private void delivery(ObsProperties.Delivery delivery) {
        ObsProperties.Spool spool = delivery.spool();
        SpoolMode otherwise = mode == Mode.LOCAL ? SpoolMode.OFF : SpoolMode.OVERFLOW;
        builder.delivery(to -> {
            to.spool(spool.mode() == null ? otherwise : spool.mode());
            if (spool.directory() != null) {
                to.spoolDirectory(spool.directory());
            }
            Checked.value(
                    "cruddur.obs.delivery.spool.max-size",
                    "1MB or more, such as 256MB",
                    () -> to.spoolMaxBytes(spool.maxSize().toBytes()));
            Checked.value(
                    "cruddur.obs.delivery.spool.max-age", "a time such as 13d", () -> to.spoolMaxAge(spool.maxAge()));
            Checked.value(
                    "cruddur.obs.delivery.attempt-timeout",
                    "a time such as 5s",
                    () -> to.attemptTimeout(delivery.attemptTimeout()));
            Checked.value(
                    "cruddur.obs.delivery.retry-deadline",
                    "a time such as 10m",
                    () -> to.retryDeadline(delivery.retryDeadline()));
        });
    }

    /**
     * The mode is settled before there are beans, since it decides which of them there are.
     *
     * @param said the types of the application's beans that say where things go
     */
    private void sayOff(List<String> said) {
        // Else somebody has asked for it, or a build ahead of time has left all else out, which was said then.
        boolean found = properties.mode() == Mode.AUTO && ActiveMode.of(environment, classLoader) == Mode.OFF;
        if (!properties.enabled() || !found) {
            return;
        }
        if (!said.isEmpty()) {
            LOG.warn(
                    "Cruddur Obs is off in spite of a bean of {}: beans do not turn it on. Set cruddur.obs.mode=aws.",
                    String.join(", ", said));
        } else {
            LOG.info("Cruddur Obs is off: no destination is set. On a laptop add the dependency "
                    + "io.cruddur.obs:cruddur-obs-console (optional) to see traces, logs and errors on a local page; "
                    + "elsewhere set AWS_XRAY_DAEMON_ADDRESS, AWS_REGION with credentials, or ROLLBAR_ACCESS_TOKEN.");
        }
    }

    private void redact(ObsProperties.Redact redact) {
        if (!redact.enabled()) {
            builder.redact(RedactOptions::off);
            return;
        }
        for (String pattern : redact.patterns()) {
            Checked.value(
                    "cruddur.obs.redact.patterns",
                    "regular expressions in RE2's syntax, such as EMP-[0-9]{6}",
                    () -> builder.redact(secrets -> secrets.pattern(pattern)));
        }
        for (String name : redact.names()) {
            Checked.value(
                    "cruddur.obs.redact.names",
                    "names such as employee-no",
                    () -> builder.redact(secrets -> secrets.sensitiveName(name)));
        }
    }

    private void traces(TraceDestinations to) {
        ObsProperties.Trace trace = properties.trace();
        ObsProperties.Sampling sampling = sampling(trace);
        sampler(sampling, trace);
        Checked.value(
                "cruddur.obs.trace.inbound-sampled-per-second",
                "a whole number of traces, 0 or more",
                () -> builder.inboundSampledPerSecond(trace.inboundSampledPerSecond()));
        builder.propagation(propagation(trace.propagation()));
        if (trace.xraySdkBridge() != null) {
            builder.xraySdkBridge(trace.xraySdkBridge());
        }
        builder.platformDetection(mode != Mode.LOCAL && trace.platformDetection());
        destinations.addAll(to.apply(builder));
        if (to.exporters().isEmpty() && sampling != ObsProperties.Sampling.NEVER) {
            LOG.warn("{}", to.nothing());
        }
    }

    private Propagation propagation(ObsProperties.Headers headers) {
        String variable = Setting.PROPAGATORS.value(environment);
        Propagation otherwise = variable == null ? Propagation.DEFAULT : Propagation.ofOtelPropagators(variable);
        return new Propagation(
                headers.read() == null ? otherwise.read() : headers.read(),
                headers.write() == null ? otherwise.write() : headers.write(),
                headers.baggage() == null ? otherwise.baggage() : headers.baggage());
    }

    private ObsProperties.Sampling sampling(ObsProperties.Trace trace) {
        if (trace.sampler() != null) {
            return trace.sampler();
        }
        if (mode == Mode.LOCAL) {
            return ObsProperties.Sampling.ALWAYS;
        }
        if (trace.samplingRules() != null) {
            return ObsProperties.Sampling.RULES;
        }
        return trace.rate() == null ? ObsProperties.Sampling.CENTRAL : ObsProperties.Sampling.RATE;
    }

    private void sampler(ObsProperties.Sampling sampling, ObsProperties.Trace trace) {
        double rate = trace.rate() == null ? DEFAULT_RATE : trace.rate();
        Sampler share = Checked.value(
                "cruddur.obs.trace.rate", "a number from 0 to 1, such as 0.05", () -> Sampler.fixedRate(rate));
        switch (sampling) {
            case ALWAYS -> builder.sampler(Sampler.always());
            case NEVER -> builder.sampler(Sampler.never());
            case RATE -> builder.sampler(share);
            case CENTRAL -> builder.centralSampling();
            case RULES ->
                Checked.value(
                        "cruddur.obs.trace.sampling-rules",
                        "the place of a file of rules, such as classpath:sampling-rules.json",
                        () -> builder.samplingRules(or(trace.samplingRules(), "")));
        }
    }

    private void logs(@Nullable CloudWatchLogsConnectionDetails to, String service) {
        ObsProperties.Logs logs = properties.logs();
        if (!logs.enabled()) {
            return;
        }
        String region = to == null ? null : to.getRegion();
        URI endpoint = to == null ? null : to.getEndpoint();
        if (to == null || (region == null && endpoint == null)) {
            LOG.warn("Cruddur Obs sends no logs: the AWS region is missing. Set AWS_REGION, or "
                    + "cruddur.obs.logs.enabled=false.");
            return;
        }
        String group = logs.groupFor(service);
        Checked.value("cruddur.obs.logs.group", LogSettings.GROUP_FORM, () -> LogGroup.named(group));
        lines(logs);
        builder.logGroup(group).region(region).cloudWatchEndpoint(endpoint).anonymousAws(to.isAnonymous());
        String stream = or(logs.stream(), "");
        if (!stream.isEmpty()) {
            Checked.value(
                    "cruddur.obs.logs.stream",
                    "1 to 512 characters without : and *, such as {host}/{date}",
                    () -> builder.logStream(stream));
        }
        builder.logs(options -> LogSettings.apply(logs, options));
        destinations.add("logs to the CloudWatch Logs group " + group
                + (endpoint == null ? " in " + region : " at " + Checked.shown(endpoint)));
    }

    private void lines(ObsProperties.Logs logs) {
        builder.logs(lines -> {
            String pattern = or(logs.pattern(), "");
            lines.format(logs.format())
                    .pattern(pattern.isEmpty() ? null : pattern)
                    .rootCauseFirst(logs.rootCauseFirst())
                    .callerData(logs.callerData());
            if (logs.foldedFrames() != null) {
                lines.foldedFrames(logs.foldedFrames().toArray(String[]::new));
            }
            Checked.value(
                    "cruddur.obs.logs.field-names",
                    "names by field, such as field-names.message=msg",
                    () -> lines.fieldNames(logs.fieldNames()));
            long bytes = logs.maxMessageBytes().toBytes();
            Checked.value(
                    "cruddur.obs.logs.max-message-bytes",
                    "a size of 256B or more, such as 64KB",
                    () -> lines.maxMessageBytes((int) Math.min(Integer.MAX_VALUE, bytes)));
        });
    }

    private void errors(@Nullable RollbarConnectionDetails to) {
        URI endpoint = to == null ? null : to.getEndpoint();
        URI console = mode == Mode.LOCAL && endpoint != null ? page(endpoint) : null;
        builder.errors(options -> errorSettings.apply(properties.errors(), options, console));
        String token = to == null ? null : to.getAccessToken();
        if (!properties.errors().enabled()) {
            return;
        }
        builder.codeVersion(Setting.CODE_VERSION.value(environment));
        if (token == null) {
            LOG.warn("Cruddur Obs sends no errors: the Rollbar token is missing. They go to the log. Set "
                    + "ROLLBAR_ACCESS_TOKEN to a project token with the scope post_server_item, or "
                    + "cruddur.obs.errors.enabled=false.");
            return;
        }
        builder.rollbarToken(token).rollbarEndpoint(endpoint);
        destinations.add("errors to Rollbar" + (endpoint == null ? "" : " at " + Checked.shown(endpoint)));
    }

    /** By the name in the address that the console prints: the cookie by which a browser may read is of that name alone. */
    private static URI page(URI endpoint) {
        URI page = endpoint.resolve("/");
        return "127.0.0.1".equals(page.getHost())
                ? URI.create(page.toString().replace("//127.0.0.1", "//localhost"))
                : page;
    }

    private static List<String> said(
            @Nullable XrayConnectionDetails xray,
            @Nullable OtlpConnectionDetails otlp,
            @Nullable CloudWatchLogsConnectionDetails logs,
            @Nullable RollbarConnectionDetails rollbar) {
        List<String> said = new ArrayList<>();
        if (xray != null) {
            said.add("XrayConnectionDetails");
        }
        if (otlp != null) {
            said.add("OtlpConnectionDetails");
        }
        if (logs != null) {
            said.add("CloudWatchLogsConnectionDetails");
        }
        if (rollbar != null) {
            said.add("RollbarConnectionDetails");
        }
        return said;
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
