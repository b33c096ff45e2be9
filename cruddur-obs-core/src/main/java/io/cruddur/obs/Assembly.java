package io.cruddur.obs;

import io.cruddur.obs.aws.platform.Lambda;
import io.cruddur.obs.cloudwatch.CloudWatchSettings;
import io.cruddur.obs.cloudwatch.CloudWatchSink;
import io.cruddur.obs.delivery.Delivery;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Pipeline;
import io.cruddur.obs.delivery.RecordStore;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.delivery.Weighted;
import io.cruddur.obs.log.JsonLines;
import io.cruddur.obs.log.LogEncoder;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.log.LogRouter;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.log.LogSignals;
import io.cruddur.obs.log.TextLines;
import io.cruddur.obs.logback.LogbackInstaller;
import io.cruddur.obs.propagation.Propagator;
import io.cruddur.obs.sampling.CentralSampler;
import io.cruddur.obs.sampling.LocalRules;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.Tracer;
import io.cruddur.obs.xray.DaemonAddress;
import io.cruddur.obs.xray.sdk.XraySdkBridge;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From settings to a running object graph. The only class that knows every back end. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);

    static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    static final String XRAY_SDK = "com.amazonaws.xray.AWSXRay";

    private Assembly() {}

    /**
     * Assembles what the settings say.
     *
     * @param publisher brings log records to the signal that it is given, and gives what undoes that
     */
    static Obs assemble(Settings settings, Function<LogSignal, Runnable> publisher) {
        if (!settings.enabled()) {
            // Whoever keeps lines for it need not.
            LogSignals.discardEarly();
            return new Obs(settings, null, null, new Delivery(), null, () -> {}, Sampler.never());
        }
        // What may be refused is checked before anything is started.
        LogDestinations logs = settings.logs() == null ? null : LogDestinations.of(settings, settings.logs());
        var delivery = new Delivery();
        Map<String, String> environment = System.getenv();
        var propagator =
                new Propagator(settings.propagation(), Lambda.isHere(environment) ? Lambda.header(environment) : null);
        Sampler sampler = sampler(settings);
        Tracer tracer = TraceAssembly.tracer(settings, sampler, propagator, delivery);
        ErrorReporter errors = ErrorAssembly.reporter(settings, delivery);
        LogSignal lines = logs(settings, logs, delivery, tracer.adjustments());
        Runnable removeAppender = lines == null ? () -> {} : publisher.apply(lines);
        if (delivery.counts().isEmpty()) {
            LOG.info("Cruddur Obs sends nothing: no destination is set. Set AWS_XRAY_DAEMON_ADDRESS, AWS_REGION with "
                    + "credentials, or ROLLBAR_ACCESS_TOKEN; or, on a laptop, use the console.");
        }
        Runnable removeBridge = bridge(settings, tracer);
        Runnable stopListening = ErrorAssembly.listen(settings, delivery, errors, lines != null);
        Runnable uninstall = () -> {
            stopListening.run();
            removeBridge.run();
            removeAppender.run();
        };
        return new Obs(settings, tracer, propagator, delivery, errors, uninstall, sampler);
    }

    /** Gives what undoes it. The SDK may be left out of the class path; then there is nobody to bridge. */
    private static Runnable bridge(Settings settings, Tracer tracer) {
        Boolean asked = settings.xraySdkBridge();
        if (Boolean.FALSE.equals(asked) || !isPresent(XRAY_SDK)) {
            return () -> {};
        }
        XraySdkBridge bridge = XraySdkBridge.install(tracer, asked != null);
        return bridge == null ? () -> {} : bridge::close;
    }

    static Sampler localRules(String location) {
        return LocalRules.load(location);
    }

    static Sampler centralSampler(
            @Nullable DaemonAddress daemon, @Nullable String origin, @Nullable String resourceArn) {
        return daemon == null
                ? LocalRules.oneASecondAndFivePercent()
                : CentralSampler.start(daemon.tcpHost(), daemon.tcpPort(), origin, resourceArn);
    }

    private static Sampler sampler(Settings settings) {
        if (settings.traces().exporters().isEmpty() && settings.segmentDocuments() == null) {
            // Ids all the same: they tie logs and errors together.
            return Sampler.never();
        }
        return settings.sampler().apply(settings.traces().daemon());
    }

    private static @Nullable LogSignal logs(
            Settings settings, @Nullable LogDestinations to, Delivery delivery, Adjustments adjustments) {
        if (to == null
                || settings.logs() == null
                || isMissing(
                        "software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient",
                        "the AWS SDK's cloudwatchlogs",
                        "logs")) {
            return null;
        }
        LogOptions options = settings.logs().options();
        Pipeline<LogRecord> pipeline = logs(settings, options, to.main(), delivery);
        var routes = new HashMap<String, Consumer<LogRecord>>();
        to.others().forEach((other, loggers) -> {
            Consumer<LogRecord> out =
                    other == to.main() ? pipeline::offer : logs(settings, options, other, delivery)::offer;
            loggers.forEach(logger -> routes.put(logger, out));
        });
        Consumer<LogRecord> out = routes.isEmpty() ? pipeline::offer : new LogRouter(routes, pipeline::offer);
        return new LogPipeline(pipeline, out, options.capture(), settings.redactor(), adjustments);
    }

    private static Pipeline<LogRecord> logs(
            Settings settings, LogOptions options, CloudWatchSettings to, Delivery delivery) {
        // A pipeline's own: an encoder is used by one thread.
        return delivery.add(pipeline(new CloudWatchSink(to, encoder(settings, options)), settings));
    }

    private static LogEncoder encoder(Settings settings, LogOptions options) {
        return options.capture().pattern() == null
                ? new JsonLines(settings.service(), settings.environment(), options.lines(), settings.redactor())
                : new TextLines(options.lines(), settings.redactor());
    }

    /** Brings what is logged to a signal: through the appenders of the logging configuration, or one that is added. */
    static Function<LogSignal, Runnable> publisher(boolean installAppender) {
        return signal -> {
            Runnable uninstall = installAppender && !isMissing(LOGBACK, "Logback", "logs through SLF4J")
                    ? LogbackInstaller.install()
                    : () -> {};
            Runnable close = LogSignals.open(signal);
            return () -> {
                close.run();
                uninstall.run();
            };
        };
    }

    private static <R extends Weighted> Pipeline<R> pipeline(Sink<R, EncodedRecord> sink, Settings settings) {
        return pipeline(sink, settings, () -> {});
    }

    static <R extends Weighted> Pipeline<R> pipeline(Sink<R, EncodedRecord> sink, Settings settings, Runnable tick) {
        DeliveryOptions delivery = settings.delivery();
        RecordStore<EncodedRecord> store = delivery.store(settings.service(), settings.environment(), sink.name());
        return store == null
                ? Pipeline.inMemory(sink, delivery.pipeline(), tick)
                : Pipeline.withStore(sink, delivery.pipeline(), store, delivery.isWriteAhead(), tick);
    }

    /** Whether a back end must be skipped because its library was left out; said once. */
    static boolean isMissing(String className, String library, String what) {
        if (isPresent(className)) {
            return false;
        }
        LOG.info("Cruddur Obs sends no {}: {} is not on the class path.", what, library);
        return true;
    }

    static boolean isPresent(String className) {
        try {
            Class.forName(className, false, Assembly.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
