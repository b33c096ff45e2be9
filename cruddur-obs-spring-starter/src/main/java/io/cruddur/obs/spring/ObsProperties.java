package io.cruddur.obs.spring;

import io.cruddur.obs.ErrorLevel;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.cloudwatch.LogClass;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.error.ClientAddress;
import io.cruddur.obs.log.LogFormat;
import io.cruddur.obs.propagation.PropagationFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.web.servlet.DispatcherType;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/**
 * The properties. Where a team has set a variable of the X-Ray SDK, the AWS SDK or Rollbar for the same thing, that is
 * used when the property is not set: see {@link Setting}.
 *
 * @param enabled Whether anything is recorded. False starts no thread and opens no socket.
 * @param mode Where traces, logs and errors go.
 * @param service Name of the service. Defaults to the name of the application, spring.application.name.
 * @param environment Name of the environment. Defaults to 'production', and to 'local' in local mode.
 * @param trace Traces.
 * @param logs Logs.
 * @param errors Errors.
 * @param redact Secrets, which are not sent.
 * @param delivery Delivery.
 * @param console The local console.
 * @param jdbc Spans of SQL.
 * @param awsSdk Spans of calls by the AWS SDK.
 * @param httpClient Spans of calls by the JDK's HTTP client.
 * @param servlet The filter of servlet applications.
 * @param provision Whether the X-Ray group, the sampling rule and the log group are created at the start where they are
 *     missing. What is there is left as it is.
 * @param provisionGroup Name of the X-Ray group that is created. Defaults to the service's.
 * @param provisionSamplingRule Sampling rule that is created: classpath:aws/json/xray.json, file:/etc/xray.json or a path.
 *     Defaults to aws/json/xray.json on the class path or in the working directory.
 */
@ConfigurationProperties("cruddur.obs")
public record ObsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("auto") Mode mode,
        @Nullable String service,
        @Nullable String environment,
        @DefaultValue Trace trace,
        @DefaultValue Logs logs,
        @DefaultValue Errors errors,
        @DefaultValue Redact redact,
        @DefaultValue Delivery delivery,
        @DefaultValue Console console,
        @DefaultValue Jdbc jdbc,
        @DefaultValue AwsSdk awsSdk,
        @DefaultValue HttpClient httpClient,
        @DefaultValue Servlet servlet,
        @DefaultValue("false") boolean provision,
        @Nullable String provisionGroup,
        @Nullable String provisionSamplingRule) {

    /** Which new traces are recorded. */
    public enum Sampling {
        /** All of them. */
        ALWAYS,

        /** None of them. */
        NEVER,

        /** The share that trace.rate says. */
        RATE,

        /** What the sampling rules of the AWS account say, read through the daemon. */
        CENTRAL,

        /** What the file of trace.sampling-rules says. */
        RULES
    }

    /** How requests are compressed. */
    public enum Compression {
        /** With gzip. */
        GZIP,

        /** Not at all. */
        NONE
    }

    /**
     * Traces.
     *
     * @param exporter Ways out, one or several. Defaults to CRUDDUR_OBS_TRACE_EXPORTER, then to 'udp' where the daemon's
     *     address is set, to 'otlp' where an OTLP endpoint is, and to 'api' where AWS region and credentials are.
     * @param endpoint Another address for X-Ray's API than the region's, for the exporter 'api'. Defaults to
     *     AWS_ENDPOINT_URL_XRAY.
     * @param otlp Traces over OTLP/HTTP, for the exporter 'otlp'.
     * @param sampler Which new traces are recorded. Defaults to 'always' in local mode; else to 'rules' if
     *     trace.sampling-rules is set, to 'rate' if trace.rate is set, and to 'central', which records one trace a second
     *     and 5% of the rest until it has read the account's rules.
     * @param rate Share of the traces that the sampler 'rate' records, from 0 to 1. Defaults to 0.05.
     * @param samplingRules Rules of the sampler 'rules', in the X-Ray SDK's format: classpath:sampling-rules.json,
     *     file:/etc/sampling-rules.json or a path.
     * @param daemonAddress Address of the X-Ray daemon: host:port, or tcp:host:port udp:host:port. Defaults to
     *     AWS_XRAY_DAEMON_ADDRESS.
     * @param namedByHost Hosts after which segments are named, such as *4567-workspace.example*; others are named by the
     *     service. Defaults to AWS_XRAY_URL.
     * @param inboundSampledPerSecond How many traces a second trusted callers may have recorded; beyond it the sampler
     *     decides.
     * @param trustedPeers Peers whose trace headers and X-Forwarded-For are believed: private, all, none, addresses or
     *     blocks such as 10.0.0.0/8.
     * @param exclude Paths that are not traced and have no access line, such as /health, /static/* for one level, /static/**
     *     for all or /**.css. The word 'defaults' stands for the actuator, health checks and static files.
     * @param propagation Headers that hand a trace on.
     * @param platformDetection Whether traces say what the service runs on, which the X-Ray SDK's plugins find out beside
     *     the start. Never in local mode.
     * @param observations Whether what Spring and others observe with Micrometer is traced. Else it is left to another
     *     tracer, such as that of Spring Boot's OpenTelemetry starter.
     * @param ignoredObservations Observations that are no spans, by name, which counts for those below it. Empty traces all.
     * @param xraySdkBridge Whether code written for the X-Ray SDK for Java takes part in these traces. Defaults to true,
     *     unless the application has configured the SDK's global recorder.
     */
    public record Trace(
            @DefaultValue List<TraceExporter> exporter,
            @Nullable String endpoint,
            @DefaultValue Otlp otlp,
            @Nullable Sampling sampler,
            @Nullable Double rate,
            @Nullable String samplingRules,
            @Nullable String daemonAddress,
            @Nullable String namedByHost,
            @DefaultValue("100") int inboundSampledPerSecond,
            @DefaultValue("private") List<String> trustedPeers,
            @DefaultValue("defaults") List<String> exclude,
            @DefaultValue Headers propagation,
            @DefaultValue("true") boolean platformDetection,
            @DefaultValue("true") boolean observations,
            @DefaultValue("spring.security") List<String> ignoredObservations,
            @Nullable Boolean xraySdkBridge) {}

    /**
     * Traces over OTLP/HTTP.
     *
     * @param endpoint Where requests are posted, path and all: http://collector:4318/v1/traces. Defaults to
     *     OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, then to OTEL_EXPORTER_OTLP_ENDPOINT with /v1/traces behind it, and for the
     *     exporter 'otlp' to a collector at 127.0.0.1:4318.
     * @param headers Headers of each request, such as a vendor's key. Added to OTEL_EXPORTER_OTLP_HEADERS, and put before
     *     them.
     * @param compression How requests are compressed. Defaults to OTEL_EXPORTER_OTLP_COMPRESSION, then to gzip.
     * @param resourceAttributes Attributes of the resource beside those that are known otherwise, such as team. Added to
     *     OTEL_RESOURCE_ATTRIBUTES, and put before them.
     */
    public record Otlp(
            @Nullable String endpoint,
            @DefaultValue Map<String, String> headers,
            @Nullable Compression compression,
            @DefaultValue Map<String, String> resourceAttributes) {
        @Override
        public String toString() {
            return "Otlp[compression=" + compression + ", resourceAttributes=" + resourceAttributes.keySet() + "]";
        }
    }

    /**
     * Headers that hand a trace on.
     *
     * @param read Formats in which trusted peers may hand a trace to us, in the order in which they are looked for.
     *     Defaults to OTEL_PROPAGATORS, then to xray, w3c, b3, b3-multi.
     * @param write Formats in which a trace is handed on. Defaults to OTEL_PROPAGATORS, then to xray, w3c.
     * @param baggage Whether the header 'baggage' is read and written. Defaults to OTEL_PROPAGATORS, then to true.
     */
    public record Headers(
            @Nullable List<PropagationFormat> read,
            @Nullable List<PropagationFormat> write,
            @Nullable Boolean baggage) {}

    /**
     * Logs.
     *
     * @param enabled Whether logs are sent to CloudWatch Logs.
     * @param group Log group; it is created when it is missing. Defaults to the name of the service.
     * @param stream Log stream; may hold {service}, {host}, {pid}, {instance} and {date}, the day in UTC. Defaults to
     *     {instance}, the host's name and the process id.
     * @param retentionDays Days that log groups keep their events, such as 30. Defaults to leaving that as it is, which in
     *     a new group is for ever.
     * @param logClass Class of log groups that are created.
     * @param tags Tags of log groups that are created.
     * @param entity Whether CloudWatch is told which service and environment the events are about. Defaults to true where
     *     the service has a name and the log class is standard.
     * @param entityAttributes What else CloudWatch is told about the service, such as PlatformType; at most ten.
     * @param groups Log groups by the loggers that are sent there instead, such as audit: /cruddur/audit. A logger's name
     *     counts for those below it; the longest wins.
     * @param region AWS region. Defaults to AWS_REGION, then AWS_DEFAULT_REGION.
     * @param endpoint Another address for CloudWatch Logs than the region's. Defaults to
     *     AWS_ENDPOINT_URL_CLOUDWATCH_LOGS.
     * @param access Whether a line is logged for each request.
     * @param accessLevel Level of these lines: the status's, which is info, warn for 4xx and error for 5xx; or one for all.
     * @param accessExclude Paths that have no such line whatever their status, such as /health, /static/* for one level
     *     or /static/** for all.
     * @param accessSample Share of the requests that have such a line, from 0 to 1. A status of 400 and more always has
     *     one.
     * @param accessSlow From how long on a request always has a line, whatever the share.
     * @param accessLogger Name of the logger of these lines.
     * @param format Names of the fields of a line.
     * @param fieldNames Other names for single fields, by the name that they have in the format 'json', such as
     *     cruddur.obs.logs.field-names.message=msg.
     * @param pattern Pattern of Logback's for plain lines in the place of JSON. It knows %traceId, %xrayTraceId and %spanId
     *     too.
     * @param maxMessageBytes Most that a message keeps; what is cut is marked and counted.
     * @param foldedFrames Beginnings of the names of classes whose frames become one line of a stack. Defaults to those of
     *     reflection, proxies, Spring's dispatching and the web servers; empty folds nothing.
     * @param rootCauseFirst Whether a stack begins with what happened first.
     * @param mdc Whether traceId, spanId and xrayTraceId are in SLF4J's MDC, for patterns of the application's own and
     *     for Spring Boot's correlation column.
     * @param callerData Whether class, method and line of each call are found, which costs a walk of the stack.
     */
    public record Logs(
            @DefaultValue("true") boolean enabled,
            @Nullable String group,
            @Nullable String stream,
            @Nullable Integer retentionDays,
            @DefaultValue("standard") LogClass logClass,
            @DefaultValue Map<String, String> tags,
            @Nullable Boolean entity,
            @DefaultValue Map<String, String> entityAttributes,
            @DefaultValue Map<String, String> groups,
            @Nullable String region,
            @Nullable String endpoint,
            @DefaultValue("true") boolean access,
            @DefaultValue("json") LogFormat format,
            @DefaultValue Map<String, String> fieldNames,
            @Nullable String pattern,
            @DefaultValue("64KB") DataSize maxMessageBytes,
            @Nullable List<String> foldedFrames,
            @DefaultValue("false") boolean rootCauseFirst,
            @DefaultValue("true") boolean mdc,
            @DefaultValue("false") boolean callerData,
            @DefaultValue("status") AccessLevel accessLevel,
            @DefaultValue List<String> accessExclude,
            @DefaultValue("1") double accessSample,
            @Nullable Duration accessSlow,
            @DefaultValue("cruddur.access") String accessLogger) {
        /** The log group's name: the property, else the service's with {@code _} for what a group's may not have. */
        public String groupFor(String service) {
            return group == null || group.isBlank() ? service.replaceAll("[^A-Za-z0-9_\\-/.#]", "_") : group.strip();
        }
    }

    /** The level of the access log. */
    public enum AccessLevel {
        /** Info, warn for 4xx, error for 5xx. */
        STATUS,

        /** Error for all. */
        ERROR,

        /** Warn for all. */
        WARN,

        /** Info for all. */
        INFO,

        /** Debug for all. */
        DEBUG
    }

    /**
     * Secrets.
     *
     * @param enabled Whether secrets are taken out of all that is sent: keys, tokens, passwords, card numbers.
     * @param patterns Regular expressions, in RE2's syntax, of what else is taken out; the first group, or all of it.
     * @param names Names of fields, headers and parameters whose values are taken out as well, such as employee-no.
     */
    public record Redact(
            @DefaultValue("true") boolean enabled,
            @DefaultValue List<String> patterns,
            @DefaultValue List<String> names) {}

    /**
     * Errors.
     *
     * @param enabled Whether errors are sent to Rollbar.
     * @param accessToken Rollbar access token with the scope post_server_item. Defaults to ROLLBAR_ACCESS_TOKEN.
     * @param endpoint Another address for the item API than Rollbar's. Defaults to ROLLBAR_ENDPOINT.
     * @param codeVersion Version of the application, shown with each error. Defaults to ROLLBAR_CODE_VERSION, then to the
     *     commit in git.properties, then to the version in the application's manifest.
     * @param uncaught Whether exceptions that end a thread are reported.
     * @param logged Whether exceptions that are logged at ERROR are reported.
     * @param julLogged Whether exceptions that are logged at SEVERE through java.util.logging are reported. Boot hands these
     *     to Logback as well.
     * @param clientErrors Whether exceptions that become a status of 400 to 499 are reported.
     * @param maxPerMinute How many errors of one fingerprint are sent in a minute. While there are more, one a minute says
     *     how many there were.
     * @param ignore Names of exception classes that are not reported, nor what extends them.
     * @param levels Levels by the names of exception classes, also for what extends them, such as
     *     cruddur.obs.errors.levels.java.io.IOException=warning.
     * @param appPackages Packages of the application, whose frames of a stack are marked. Defaults to the package of the
     *     application's main class.
     * @param root Where the application's sources lie in its repository. Defaults to src/main/java.
     * @param breadcrumbs Whether an error tells the last 50 events of its trace.
     * @param threadDump Whether an error holds the stacks of the process's threads.
     * @param clientAddress What an error says of the client's address.
     * @param maxItemSize Most that an error has before it is compressed; what is over it is cut.
     * @param proxy Proxy to Rollbar, as host:port. Defaults to the JDK's own, https.proxyHost and https.proxyPort.
     */
    public record Errors(
            @DefaultValue("true") boolean enabled,
            @Nullable String accessToken,
            @Nullable String endpoint,
            @Nullable String codeVersion,
            @DefaultValue("true") boolean uncaught,
            @DefaultValue("true") boolean logged,
            @DefaultValue("false") boolean julLogged,
            @DefaultValue("false") boolean clientErrors,
            @DefaultValue("60") int maxPerMinute,
            @DefaultValue List<String> ignore,
            @DefaultValue Map<String, ErrorLevel> levels,
            @Nullable List<String> appPackages,
            @Nullable String root,
            @DefaultValue("true") boolean breadcrumbs,
            @DefaultValue("false") boolean threadDump,
            @DefaultValue("off") ClientAddress clientAddress,
            @DefaultValue("512KB") DataSize maxItemSize,
            @Nullable String proxy) {
        @Override
        public String toString() {
            return "Errors[enabled=" + enabled + ", codeVersion=" + codeVersion + "]";
        }
    }

    /**
     * Delivery.
     *
     * @param shutdownTimeout How long the end of the application may take to send what is left.
     * @param retryDeadline How long a batch that has no spool is retried before it is lost.
     * @param attemptTimeout How long one call to CloudWatch Logs or Rollbar may take.
     * @param spool What logs and errors do when their service does not take them.
     */
    public record Delivery(
            @DefaultValue("5s") Duration shutdownTimeout,
            @DefaultValue("10m") Duration retryDeadline,
            @DefaultValue("5s") Duration attemptTimeout,
            @DefaultValue Spool spool) {}

    /**
     * Logs and errors on disk.
     *
     * @param mode When they are written to disk. Defaults to 'overflow', and to 'off' in local mode.
     * @param directory Where; a directory that outlives the process, such as a volume. Defaults to one for the user in
     *     java.io.tmpdir.
     * @param maxSize The most on disk for each sink of a process.
     * @param maxAge What is older when its turn comes is lost.
     */
    public record Spool(
            @Nullable SpoolMode mode,
            @Nullable Path directory,
            @DefaultValue("256MB") DataSize maxSize,
            @DefaultValue("13d") Duration maxAge) {}

    /**
     * The local console.
     *
     * @param port Port on the loopback interface; 0 for any that is free.
     * @param token Token that opens the page: 8 to 128 letters, digits or . _ ~ -. Defaults to a new random one at each
     *     start.
     */
    public record Console(
            @DefaultValue("2000") int port, @Nullable String token) {
        @Override
        public String toString() {
            return "Console[port=" + port + "]";
        }
    }

    /**
     * Spans of SQL.
     *
     * @param enabled Whether statements on the beans that are data sources are spans, where a trace is current.
     * @param statements Whether the text of prepared statements, and of those by R2DBC, is sent, with ? in the place of
     *     each literal. Values of parameters never are.
     * @param user Whether the name of the database's user is sent.
     */
    public record Jdbc(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean statements,
            @DefaultValue("false") boolean user) {}

    /**
     * Spans of calls by the AWS SDK.
     *
     * @param enabled Whether calls of the AWS SDK's clients are spans, where a trace is current. For the whole process.
     */
    public record AwsSdk(@DefaultValue("true") boolean enabled) {}

    /**
     * Spans of calls by the JDK's HTTP client.
     *
     * @param enabled Whether calls of the beans that are HTTP clients of the JDK are spans, where a trace is current.
     */
    public record HttpClient(@DefaultValue("true") boolean enabled) {}

    /**
     * The filter of servlet applications.
     *
     * @param filterOrder Order of the filter. Defaults to the first: before all that may fail or take time, and before Spring
     *     observes the request.
     * @param filterDispatcherTypes Dispatches that the filter sees. A request is one segment all the same.
     */
    public record Servlet(
            @DefaultValue("" + DEFAULT_FILTER_ORDER) int filterOrder,
            @DefaultValue({"request", "async", "error"}) List<DispatcherType> filterDispatcherTypes) {
        private static final int DEFAULT_FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE;
    }
}
