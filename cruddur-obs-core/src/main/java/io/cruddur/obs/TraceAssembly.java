package io.cruddur.obs;

import io.cruddur.obs.aws.platform.Lambda;
import io.cruddur.obs.aws.platform.Platform;
import io.cruddur.obs.aws.platform.PlatformLookup;
import io.cruddur.obs.delivery.Branch;
import io.cruddur.obs.delivery.Delivery;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Envelope;
import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.delivery.RecordStore;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.otlp.OtlpResource;
import io.cruddur.obs.otlp.OtlpSettings;
import io.cruddur.obs.otlp.OtlpSink;
import io.cruddur.obs.propagation.Propagator;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.CurrentListener;
import io.cruddur.obs.trace.MdcKeys;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.TraceOutput;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.xray.DaemonAddress;
import io.cruddur.obs.xray.DaemonSink;
import io.cruddur.obs.xray.DocumentSink;
import io.cruddur.obs.xray.SegmentSettings;
import io.cruddur.obs.xray.TraceSegmentsSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the assembly that makes the tracer and its ways out. */
final class TraceAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);
    private static final String XRAY = "xray";
    private static final String XRAY_CLIENT = "software.amazon.awssdk.services.xray.XRayClient";

    private final Settings settings;
    private final Delivery delivery;
    private final Adjustments adjustments = new Adjustments();

    private TraceAssembly(Settings settings, Delivery delivery) {
        this.settings = settings;
        this.delivery = delivery;
    }

    static Tracer tracer(Settings settings, Sampler sampler, Propagator propagator, Delivery delivery) {
        return new TraceAssembly(settings, delivery).tracer(sampler, propagator);
    }

    private Tracer tracer(Sampler sampler, Propagator propagator) {
        List<Way> ways = ways();
        TracePipeline output = ways.isEmpty() ? null : new TracePipeline();
        var tracer = new Tracer(
                sampler,
                output == null ? 0 : settings.inboundSampledPerSecond(),
                propagator,
                ApiSpans.INSTANCE,
                output == null ? TraceOutput.NONE : output,
                adjustments,
                listener());
        if (output != null) {
            Way first = ways.get(0);
            output.open(delivery.add(first.open(this, branches(ways), tracer::tick)));
        }
        return tracer;
    }

    /** A way out, made: what it does with records depends on how they travel there. */
    private interface Way {
        Pipeline<TraceRecord> open(TraceAssembly in, List<Branch<TraceRecord>> others, Runnable tick);

        Branch<TraceRecord> branch(TraceAssembly in);
    }

    /** Written as it is sent. */
    private record Direct<E extends Envelope>(Sink<TraceRecord, E> sink) implements Way {
        @Override
        public Pipeline<TraceRecord> open(TraceAssembly in, List<Branch<TraceRecord>> others, Runnable tick) {
            return Pipeline.inMemory(sink.with(others), in.settings.delivery().traces(), tick);
        }

        @Override
        public Branch<TraceRecord> branch(TraceAssembly in) {
            throw new IllegalStateException("comes first");
        }
    }

    /** Encoded, and kept until there is an answer. */
    private record Ahead(Sink<TraceRecord, EncodedRecord> sink) implements Way {
        @Override
        public Pipeline<TraceRecord> open(TraceAssembly in, List<Branch<TraceRecord>> others, Runnable tick) {
            DeliveryOptions options = in.settings.delivery();
            RecordStore<EncodedRecord> store = in.store(sink.name());
            return store == null
                    ? Pipeline.inMemory(sink.with(others), options.traces(), tick)
                    : Pipeline.withStore(sink.with(others), options.traces(), store, options.isWriteAhead(), tick);
        }

        @Override
        public Branch<TraceRecord> branch(TraceAssembly in) {
            DeliveryOptions options = in.settings.delivery();
            return Branch.start(sink, options.traces(), in.store(sink.name()), options.isWriteAhead());
        }
    }

    private @Nullable RecordStore<EncodedRecord> store(String sink) {
        return settings.delivery().store(settings.service(), settings.environment(), sink);
    }

    private List<Branch<TraceRecord>> branches(List<Way> ways) {
        return ways.stream().skip(1).map(way -> delivery.add(way.branch(this))).toList();
    }

    private List<Way> ways() {
        var ways = new ArrayList<Way>();
        Consumer<byte[]> documents = settings.segmentDocuments();
        if (documents != null) {
            ways.add(new Direct<>(
                    new DocumentSink(documents, segments(() -> Platform.UNKNOWN), adjustments, settings.redactor())));
            return ways;
        }
        for (TraceExporter exporter : settings.traces().exporters()) {
            Way way = way(exporter, !ways.isEmpty());
            if (way instanceof Direct) {
                // It writes records as it sends them, on the thread that empties their queue.
                ways.add(0, way);
            } else if (way != null) {
                ways.add(way);
            }
        }
        if (!ways.isEmpty() && settings.traces().options().isAnnounced()) {
            LOG.info("Traces go to {}.", settings.traces().inWords());
        }
        return ways;
    }

    private @Nullable Way way(TraceExporter exporter, boolean isFurther) {
        DaemonAddress daemon = settings.traces().daemon();
        // The service is one, so its counters have one name; only beside each other they need two.
        String name = isFurther ? XRAY + '-' + exporter : XRAY;
        return switch (exporter) {
            case UDP ->
                daemon == null
                        ? null
                        : new Direct<>(new DaemonSink(daemon, segments(), adjustments, settings.redactor()));
            case ACKNOWLEDGED ->
                daemon == null
                        ? null
                        : new Ahead(TraceSegmentsSink.throughDaemon(
                                name,
                                daemon,
                                settings.delivery().attemptTimeout(),
                                segments(),
                                adjustments,
                                settings.redactor()));
            case API -> api(name);
            case OTLP -> otlp();
        };
    }

    /** Whether traces could go to X-Ray's API by themselves; says nothing where they cannot. */
    static boolean isApiThere() {
        return Assembly.isPresent(XRAY_CLIENT);
    }

    private @Nullable Way api(String name) {
        if (Assembly.isMissing(XRAY_CLIENT, "the AWS SDK's xray", "traces by the exporter api")) {
            return null;
        }
        return new Ahead(TraceSegmentsSink.byApi(
                name,
                settings.traces().connection(settings.delivery().attemptTimeout()),
                segments(),
                adjustments,
                settings.redactor()));
    }

    private @Nullable Way otlp() {
        if (Assembly.isMissing(
                "io.opentelemetry.proto.trace.v1.Span", "opentelemetry-proto", "traces by the exporter otlp")) {
            return null;
        }
        TraceSettings to = settings.traces();
        Duration timeout = to.options().otlpTimeout();
        SegmentSettings segments = segments();
        var resource = new OtlpResource(
                settings.service(),
                segments.serviceVersion(),
                settings.environment(),
                HostAndProcess.host(),
                segments.platform(),
                segments.logGroup(),
                segments.sdkVersion(),
                to.options().otlpResource());
        var otlp = new OtlpSettings(
                to.otlpEndpoint(),
                to.options().otlpHeaders(),
                to.options().isOtlpGzip(),
                timeout == null ? settings.delivery().attemptTimeout() : timeout,
                resource,
                to.otlpSigningRegion());
        return new Ahead(new OtlpSink(otlp, adjustments, settings.redactor()));
    }

    private @Nullable CurrentListener listener() {
        return settings.mdc() ? new MdcKeys() : null;
    }

    /** Begins to find out where this runs, unless that is known, or cannot be. */
    private Supplier<Platform> platform() {
        if (!settings.platformDetection()) {
            return () -> Platform.UNKNOWN;
        }
        if (Lambda.isHere(System.getenv())) {
            return () -> Lambda.PLATFORM;
        }
        return Assembly.isPresent(Assembly.XRAY_SDK) ? PlatformLookup.ofThisProcess() : () -> Platform.UNKNOWN;
    }

    private SegmentSettings segments() {
        return segments(platform());
    }

    private SegmentSettings segments(Supplier<Platform> platform) {
        String logGroup = settings.logs() == null ? null : settings.logs().group();
        String codeVersion = settings.errors().codeVersion();
        String ownVersion = Obs.class.getPackage().getImplementationVersion();
        return new SegmentSettings(platform, codeVersion, logGroup, ownVersion);
    }
}
