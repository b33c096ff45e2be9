package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.xray.DaemonAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link Obs}. Each destination that is not named is not used. Used by one thread. */
public final class ObsBuilder {
    private boolean enabled = true;
    private String service = "application";
    private String environment = "production";
    private @Nullable HostPattern namedByHost;
    private Function<@Nullable DaemonAddress, Sampler> sampler = daemon -> Sampler.always();
    private int inboundSampledPerSecond = 100;
    private Propagation propagation = Propagation.DEFAULT;
    private @Nullable String xrayDaemon;
    private @Nullable Consumer<byte[]> segmentDocuments;
    private @Nullable String logGroup;
    private @Nullable String logStream;
    private final TraceOptions traceOptions = new TraceOptions();
    private final LogOptions logOptions = new LogOptions();
    private final RedactOptions redactOptions = new RedactOptions();
    private @Nullable String region;
    private @Nullable URI cloudWatchEndpoint;
    private boolean anonymous;
    private @Nullable String rollbarToken;
    private @Nullable URI rollbarEndpoint;
    private @Nullable String codeVersion;
    private final ErrorOptions errorOptions = new ErrorOptions();
    private boolean mdc;
    private @Nullable Boolean xraySdkBridge;
    private boolean platformDetection = true;
    private boolean installLogAppender = true;
    private boolean closeOnShutdown = true;
    private Duration shutdownTimeout = Duration.ofSeconds(5);
    private final DeliveryOptions deliveryOptions = new DeliveryOptions();

    ObsBuilder() {}

    /** False records nothing, opens no socket and starts no thread. */
    @CanIgnoreReturnValue
    public ObsBuilder enabled(boolean value) {
        enabled = value;
        return this;
    }

    /** The service's name: segments, log lines and errors carry it. */
    @CanIgnoreReturnValue
    public ObsBuilder service(String value) {
        service = notBlank("service", value);
        return this;
    }

    /** The environment's name; {@code production} by default. */
    @CanIgnoreReturnValue
    public ObsBuilder environment(String value) {
        environment = notBlank("environment", value);
        return this;
    }

    /**
     * Names the segment of a request by its {@code Host} header where that matches, and by the service elsewhere.
     *
     * @param pattern such as {@code *4567-workspace.example*}: {@code *} for any characters, {@code ?} for one; null for
     *     none, the default
     */
    @CanIgnoreReturnValue
    public ObsBuilder namedByHost(@Nullable String pattern) {
        namedByHost = pattern == null ? null : new HostPattern(pattern);
        return this;
    }

    /** Decides which new traces are recorded; all by default. If it is {@link AutoCloseable} it is closed with Obs. */
    @CanIgnoreReturnValue
    public ObsBuilder sampler(Sampler value) {
        sampler = daemon -> value;
        return this;
    }

    /**
     * Decides which new traces are recorded by the rules of a file, in the X-Ray SDK's format of local rules.
     *
     * @param location {@code classpath:sampling-rules.json}, {@code file:/etc/sampling-rules.json} or a path
     * @throws IllegalArgumentException if there is none or it cannot be used; names it, the rule and the valid form
     */
    @CanIgnoreReturnValue
    public ObsBuilder samplingRules(String location) {
        return sampler(Assembly.localRules(notBlank("samplingRules", location)));
    }

    /**
     * Follows the sampling rules of the AWS account, which it reads through the daemon's TCP port on a thread of its own.
     * One trace a second and 5% of the rest are recorded before the first answer, and always where traces take a way
     * without a daemon; everything, where documents are given to a consumer.
     */
    @CanIgnoreReturnValue
    public ObsBuilder centralSampling() {
        return centralSampling(null, null);
    }

    /**
     * The same, for an account with rules that ask what the service runs on.
     *
     * @param origin the kind of resource, such as {@code AWS::ECS::Container}; null for unknown
     * @param resourceArn its ARN; null for unknown
     */
    @CanIgnoreReturnValue
    public ObsBuilder centralSampling(@Nullable String origin, @Nullable String resourceArn) {
        sampler = daemon ->
                segmentDocuments != null ? Sampler.always() : Assembly.centralSampler(daemon, origin, resourceArn);
        return this;
    }

    /** How many traces a second trusted callers may have recorded; beyond it the sampler decides. 100 by default. */
    @CanIgnoreReturnValue
    public ObsBuilder inboundSampledPerSecond(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("inboundSampledPerSecond is 0 or more; it was " + value);
        }
        inboundSampledPerSecond = value;
        return this;
    }

    /** Which trace headers are read and written; {@link Propagation#DEFAULT} by default. */
    @CanIgnoreReturnValue
    public ObsBuilder propagation(Propagation value) {
        propagation = value;
        return this;
    }

    /**
     * Sends traces to the X-Ray daemon.
     *
     * @param address {@code host:port}, or {@code tcp:host:port udp:host:port}
     * @throws IllegalArgumentException with the valid forms, if it is neither
     */
    @CanIgnoreReturnValue
    public ObsBuilder xrayDaemon(String address) {
        xrayDaemon = DaemonAddress.parse(address).toString();
        return this;
    }

    /**
     * Gives each X-Ray segment document, as UTF-8, to the consumer instead of a daemon: for tests, and for ways out of your
     * own. It is called by the sink's worker; what it throws costs the document, which is counted.
     */
    @CanIgnoreReturnValue
    public ObsBuilder segmentDocuments(Consumer<byte[]> consumer) {
        segmentDocuments = consumer;
        return this;
    }

    /** Which ways traces take. */
    @CanIgnoreReturnValue
    public ObsBuilder traces(Consumer<TraceOptions> options) {
        options.accept(traceOptions);
        return this;
    }

    /** Sends logs to this group of CloudWatch Logs; it is created when it is missing. */
    @CanIgnoreReturnValue
    public ObsBuilder logGroup(String value) {
        logGroup = notBlank("logGroup", value);
        return this;
    }

    /**
     * The log stream; host name and process id by default. It may hold <code>{service}</code>, <code>{host}</code>,
     * <code>{pid}</code>, <code>{instance}</code>, which is the default, and <code>{date}</code>, the day in UTC.
     *
     * @throws IllegalArgumentException if it holds another placeholder or breaks a rule of the service's; says which
     */
    @CanIgnoreReturnValue
    public ObsBuilder logStream(String value) {
        logStream = LogDestinations.checkedStream(notBlank("logStream", value));
        return this;
    }

    /** More about logs: see {@link LogOptions}. */
    @CanIgnoreReturnValue
    public ObsBuilder logs(Consumer<LogOptions> options) {
        options.accept(logOptions);
        return this;
    }

    /** Which secrets are taken out before anything is sent: see {@link RedactOptions}. */
    @CanIgnoreReturnValue
    public ObsBuilder redact(Consumer<RedactOptions> options) {
        options.accept(redactOptions);
        return this;
    }

    /** The AWS region; by default the SDK's own chain finds it. */
    @CanIgnoreReturnValue
    public ObsBuilder region(@Nullable String value) {
        if (value != null && !value.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException(
                    "The AWS region '" + value + "' is not valid: small letters, digits and -, such as eu-central-1.");
        }
        region = value;
        return this;
    }

    /** Another address for CloudWatch Logs than the service's. */
    @CanIgnoreReturnValue
    public ObsBuilder cloudWatchEndpoint(@Nullable URI value) {
        cloudWatchEndpoint = http("cloudWatchEndpoint", value);
        return this;
    }

    /** Signs calls to CloudWatch Logs with meaningless credentials; for a stand-in that does not check them. */
    @CanIgnoreReturnValue
    public ObsBuilder anonymousAws(boolean value) {
        anonymous = value;
        return this;
    }

    /** Sends errors to Rollbar. The token needs the scope {@code post_server_item}. */
    @CanIgnoreReturnValue
    public ObsBuilder rollbarToken(String value) {
        String token = notBlank("rollbarToken", value).strip();
        if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            // Without the value: it is a secret even when it is mistyped.
            throw new IllegalArgumentException("The Rollbar token has characters that no header can carry.");
        }
        rollbarToken = token;
        return this;
    }

    /** Another address for Rollbar's item API than the service's. */
    @CanIgnoreReturnValue
    public ObsBuilder rollbarEndpoint(@Nullable URI value) {
        rollbarEndpoint = http("rollbarEndpoint", value);
        return this;
    }

    /** Which errors are reported, and what an item says: see {@link ErrorOptions}. */
    @CanIgnoreReturnValue
    public ObsBuilder errors(Consumer<ErrorOptions> options) {
        options.accept(errorOptions);
        return this;
    }

    /**
     * The version of the application, shown with each error: a version, or a commit. By default that of a {@code
     * git.properties} on the class path, then the {@code Implementation-Version} of the application's jar.
     */
    @CanIgnoreReturnValue
    public ObsBuilder codeVersion(@Nullable String value) {
        codeVersion = value;
        return this;
    }

    /**
     * Whether {@code traceId}, {@code spanId} and {@code xrayTraceId} of the current span are kept in SLF4J's MDC, for log
     * patterns of the application's own; recorded or not. False by default: what is shipped carries the ids without, and
     * each change of the MDC costs more than a span.
     */
    @CanIgnoreReturnValue
    public ObsBuilder mdc(boolean value) {
        mdc = value;
        return this;
    }

    /**
     * Whether code written for the X-Ray SDK for Java takes part in these traces, in both directions: what it begins is a
     * child of the current span, and the other way round. By default it does, unless the application has configured the
     * SDK's global recorder before this is built: a recorder of a class of its own, with a listener, an origin, runtime
     * context of a plugin, or an emitter or a strategy other than the SDK's default. True takes that one over as well, with
     * its listeners; false leaves the SDK alone. Of several that are open, the SDK's calls go to the one built last.
     */
    @CanIgnoreReturnValue
    public ObsBuilder xraySdkBridge(boolean value) {
        xraySdkBridge = value;
        return this;
    }

    /**
     * Whether traces say what the process runs on: {@code origin} and the facts of EC2, ECS, EKS and Elastic Beanstalk as
     * the X-Ray SDK writes them, and the attributes {@code cloud.*}, {@code host.*}, {@code container.*} and {@code k8s.*}
     * over OTLP. True by default. The SDK's plugins look for it once a process, on a thread of their own; what is sent before
     * they know goes without. Nothing is looked for where no exporter is set, without {@code aws-xray-recorder-sdk-core} on
     * the class path, or in Lambda.
     *
     * <p>What they ask: a file of Beanstalk's; the API of the Kubernetes cluster, if the process is in one and Apache
     * HttpClient 4 is on the class path; the address in {@code ECS_CONTAINER_METADATA_URI_V4} or {@code
     * ECS_CONTAINER_METADATA_URI}; and EC2's metadata service, {@code 169.254.169.254}, unless {@code
     * AWS_EC2_METADATA_DISABLED=true}. On a laptop that is two connections that nobody answers, given up after 100 ms each.
     */
    @CanIgnoreReturnValue
    public ObsBuilder platformDetection(boolean value) {
        platformDetection = value;
        return this;
    }

    /** False leaves Logback as it is; then only an appender of its configuration ships what is logged. */
    @CanIgnoreReturnValue
    public ObsBuilder installLogAppender(boolean value) {
        installLogAppender = value;
        return this;
    }

    /** What logs and errors do when their service does not take them: see {@link DeliveryOptions}. */
    @CanIgnoreReturnValue
    public ObsBuilder delivery(Consumer<DeliveryOptions> options) {
        options.accept(deliveryOptions);
        return this;
    }

    /**
     * Whether the JVM's end closes it, so that what was recorded is sent; true by default. Say false where something
     * else closes it later than that, as a container does which first lets its requests end.
     */
    @CanIgnoreReturnValue
    public ObsBuilder closeOnShutdown(boolean value) {
        closeOnShutdown = value;
        return this;
    }

    /** How long {@link Obs#close()} may take to send what is left; 5 s by default. */
    @CanIgnoreReturnValue
    public ObsBuilder shutdownTimeout(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("shutdownTimeout is not negative; it was " + value);
        }
        shutdownTimeout = value;
        return this;
    }

    /**
     * Starts it. Opens no connection on this thread.
     *
     * @throws IllegalArgumentException if a name is not one that its service takes; says which, and what is
     */
    @CheckReturnValue
    public Obs build() {
        return build(Assembly.publisher(installLogAppender));
    }

    /** The same with another way for log records to come in; gives what undoes it. */
    Obs build(Function<LogSignal, Runnable> publisher) {
        boolean exported = xrayDaemon != null || !traceOptions.exporters().isEmpty();
        if (exported && segmentDocuments != null) {
            throw new IllegalArgumentException(
                    "Traces go to exporters or to segmentDocuments, not to both: leave one of them out.");
        }
        return Assembly.assemble(settings(), publisher);
    }

    /** What was set. */
    Settings settings() {
        Settings.Logs logs = null;
        if (logGroup != null) {
            String stream = logStream == null ? HostAndProcess.STREAM : logStream;
            logs = new Settings.Logs(logGroup, stream, region, cloudWatchEndpoint, anonymous, logOptions);
        }
        return new Settings(
                enabled,
                service,
                environment,
                namedByHost,
                sampler,
                inboundSampledPerSecond,
                propagation,
                TraceSettings.of(traceOptions, xrayDaemon, region, anonymous),
                segmentDocuments,
                logs,
                new Settings.Errors(
                        rollbarToken, rollbarEndpoint, codeVersion, region, errorOptions, installLogAppender),
                mdc,
                xraySdkBridge,
                platformDetection,
                closeOnShutdown,
                shutdownTimeout,
                deliveryOptions,
                redactOptions.redactor());
    }

    /** Without the address: it may hold a password. */
    static @Nullable URI http(String what, @Nullable URI value) {
        boolean speaksHttp = value == null
                || "http".equalsIgnoreCase(value.getScheme())
                || "https".equalsIgnoreCase(value.getScheme());
        if (value != null && (!speaksHttp || value.getHost() == null)) {
            throw new IllegalArgumentException(
                    what + " is not an address. The valid form is http://host:port/path or https://host/path.");
        }
        return value;
    }

    @SuppressWarnings("NullAway") // whoever calls from code without annotations
    private static String notBlank(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
        return value;
    }
}
