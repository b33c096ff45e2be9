package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.cruddur.obs.baggage.Baggage;
import io.cruddur.obs.delivery.Delivery;
import io.cruddur.obs.propagation.Propagator;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Continuation;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces, logs and errors of a service. One object an application; thread-safe. Nothing here blocks, does I/O on the
 * caller's thread or throws because of a destination, but for {@link #flush} and {@link #close}, which wait as long as
 * they are told.
 */
@CheckReturnValue
public final class Obs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);

    private final Settings settings;
    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;
    private final Delivery delivery;
    private final @Nullable ErrorReporter errors;
    private final Runnable removeAppender;
    private final Sampler sampler;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable ShutdownHook shutdownHook;

    Obs(
            Settings settings,
            @Nullable Tracer tracer,
            @Nullable Propagator propagator,
            Delivery delivery,
            @Nullable ErrorReporter errors,
            Runnable removeAppender,
            Sampler sampler) {
        this.settings = settings;
        this.tracer = tracer;
        this.propagator = propagator;
        this.delivery = delivery;
        this.errors = errors;
        this.removeAppender = removeAppender;
        this.sampler = sampler;
        boolean sends = !delivery.counts().isEmpty();
        this.shutdownHook = sends && settings.closeOnShutdown() ? ShutdownHook.install(this::close) : null;
    }

    /**
     * As the environment says: {@code AWS_XRAY_DAEMON_ADDRESS}, {@code AWS_XRAY_TRACING_NAME}, {@code AWS_XRAY_URL}, {@code AWS_REGION} or
     * {@code AWS_DEFAULT_REGION} with credentials, {@code AWS_ENDPOINT_URL_CLOUDWATCH_LOGS}, {@code
     * ROLLBAR_ACCESS_TOKEN}, {@code ROLLBAR_ENDPOINT}, {@code ROLLBAR_ENVIRONMENT}, {@code ROLLBAR_CODE_VERSION}, {@code OTEL_PROPAGATORS}, {@code
     * CRUDDUR_OBS_DELIVERY_SPOOL_MODE} ({@code overflow}, {@code write-ahead} or {@code off}), {@code CRUDDUR_OBS_DELIVERY_SPOOL_DIRECTORY}, {@code CRUDDUR_OBS_TRACE_XRAY_SDK_BRIDGE} and {@code CRUDDUR_OBS_TRACE_PLATFORM_DETECTION} (each {@code true} or {@code false}). New
     * traces are recorded by the rules of the AWS account, or as {@code OTEL_TRACES_SAMPLER} says: {@code xray}, {@code
     * always_on}, {@code always_off}, or {@code traceidratio} with {@code OTEL_TRACES_SAMPLER_ARG}.
     */
    public static Obs fromEnvironment() {
        return builderFromEnvironment().build();
    }

    /** A builder with what the environment says, to be changed before it is built. */
    public static ObsBuilder builderFromEnvironment() {
        return new Environment(System.getenv()).toBuilder();
    }

    /** A builder with nothing set. */
    public static ObsBuilder builder() {
        return new ObsBuilder();
    }

    /** One that does nothing: no socket, no thread. */
    public static Obs off() {
        return builder().enabled(false).build();
    }

    /** A span: a child of the current one, or a new local root where nothing is current. */
    public SpanBuilder trace(String name) {
        return new SpanBuilder(tracer, name == null ? "unnamed" : name);
    }

    /** The span that is current on this thread; one that does nothing where there is none. */
    public Span currentSpan() {
        Frame frame = tracer == null ? null : tracer.currentFrame();
        if (frame == null) {
            return NoopSpan.INSTANCE;
        }
        return frame.currentSpan() instanceof RecordingSpan span ? span : UnsampledSpan.childIn(frame);
    }

    /** The ids that are current on this thread, recorded or not. */
    public TraceContext currentTraceContext() {
        Frame frame = tracer == null ? null : tracer.currentFrame();
        return frame == null ? TraceContext.NONE : TraceContext.of(frame);
    }

    /** The SLF4J logger of a class; what goes through it is shipped, with the ids of the current span. */
    public Logger log(Class<?> type) {
        return LoggerFactory.getLogger(type);
    }

    /** Reports a failure; the span that is current then is marked as a fault. */
    public ErrorReport error(Throwable throwable) {
        return new ErrorReport(errors, throwable, throwable == null ? "null was reported as an exception" : null);
    }

    /** Reports something that is not an exception. */
    public ErrorReport error(String message) {
        return new ErrorReport(errors, null, String.valueOf(message));
    }

    /**
     * A future that ends as the other does; that it ends in an exception is reported, with what is current here now. One
     * that was cancelled did not fail.
     */
    public <T extends @Nullable Object> CompletableFuture<T> reportFailure(CompletionStage<T> stage) {
        return stage.toCompletableFuture().whenComplete(wrapBiConsumer((value, failure) -> {
            Throwable cause = FutureFailures.causeOf(failure);
            if (cause != null) {
                error(cause).report();
            }
        }));
    }

    /** What became of the errors that were reported. */
    public ErrorCounts errorCounts() {
        return errors == null ? ErrorCounts.NONE : errors.counts();
    }

    /** The task, to run elsewhere with what is current here now. */
    public Runnable wrap(Runnable task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : () -> here.run(task);
    }

    /** The task, to be called elsewhere with what is current here now. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : () -> here.call(task);
    }

    /**
     * The same for {@code CompletableFuture.supplyAsync} and the like. Named apart, since a lambda is as well a {@code
     * Callable}.
     */
    public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : () -> here.get(task);
    }

    /** The same for {@code CompletableFuture.thenAccept} and the like. */
    public <T extends @Nullable Object> Consumer<T> wrapConsumer(Consumer<T> task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : value -> here.run(() -> task.accept(value));
    }

    /** The same for {@code CompletableFuture.thenApply} and the like. */
    public <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> wrapFunction(Function<T, R> task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : value -> here.get(() -> task.apply(value));
    }

    /** The same for {@code CompletableFuture.handle} and the like. */
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            BiFunction<T, U, R> wrapBiFunction(BiFunction<T, U, R> task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : (one, other) -> here.get(() -> task.apply(one, other));
    }

    /** The same for {@code CompletableFuture.whenComplete} and the like. */
    public <T extends @Nullable Object, U extends @Nullable Object> BiConsumer<T, U> wrapBiConsumer(
            BiConsumer<T, U> task) {
        Continuation here = tracer == null ? null : tracer.capture();
        return here == null ? task : (one, other) -> here.run(() -> task.accept(one, other));
    }

    /**
     * An executor whose tasks run with what is current where they are handed in. Good for {@code
     * CompletableFuture.supplyAsync}; a later stage is handed in by whoever ends the one before, so wrap its function.
     */
    public Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    /** An executor service whose tasks run with what is current where they are handed in. */
    public ExecutorService wrap(ExecutorService executor) {
        return new WrappedExecutorService(this, executor);
    }

    /**
     * A scheduler whose tasks run with what is current where they are handed in; those that repeat do not, since that
     * trace is over by then. What a {@link Runnable} throws is reported: nobody waits for it.
     */
    public ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return new WrappedScheduledExecutorService(this, executor);
    }

    /**
     * The target behind its interface, each call a span: {@code Type.method}, or as {@link Traced} on the method, the class
     * or the interface says.
     *
     * @throws IllegalArgumentException if the type is not an interface, or an expression of the annotation is wrong
     */
    public <T> T traced(Class<T> type, T target) {
        return TracedProxy.of(this, type, target);
    }

    /**
     * The names of local roots that are not handed over, because they or something begun under them has not ended: what a
     * test should find empty, and a leak if it grows.
     */
    public List<String> openRoots() {
        return tracer == null ? List.of() : tracer.openRoots();
    }

    /**
     * How often something that was asked for could not be sent as it was, by what it was: {@code value_truncated}, {@code
     * annotation_key_changed}, {@code attribute_dropped}, {@code value_changed}, {@code span_dropped}, {@code baggage_dropped}, {@code callback_failed};
     * and {@code redacted}, how often a secret was taken out.
     */
    public Map<String, Long> adjustments() {
        var counts = new TreeMap<String, Long>(
                tracer == null ? Map.of() : tracer.adjustments().counts());
        long redacted = settings.redactor().redactions();
        if (redacted > 0) {
            counts.put("redacted", redacted);
        }
        return counts;
    }

    /**
     * Writes the headers that hand the current trace on to another process, as {@link ObsBuilder#propagation} says; none
     * where nothing is current. To be called for each outbound call, inside its span:
     * {@code obs.inject(request::setHeader)}.
     *
     * @param headers takes a name and a value, and replaces what has the same name
     */
    public void inject(BiConsumer<String, String> headers) {
        Frame frame = tracer == null ? null : tracer.currentFrame();
        if (frame != null && propagator != null) {
            propagator.inject(frame, headers);
        }
    }

    /**
     * The application's own values that travel with the current trace, recorded or not: what the caller sent, if it is
     * trusted, and what was put since. Cannot be changed; empty where nothing is current.
     */
    public Map<String, String> baggage() {
        Frame frame = tracer == null ? null : tracer.currentFrame();
        return frame == null ? Map.of() : frame.carried().baggage().asMap();
    }

    /**
     * Puts a value that travels with the current trace from here on: to spans, to tasks that are wrapped later, and to
     * other processes, until what was entered on this thread (a request, a local root, a task) is over. It is sent to
     * whoever is called: put nothing in it that they must not see.
     *
     * <p>What does not fit is left out, counted and warned of once a key: at most 64 values and 8,192 bytes, as W3C says,
     * in which each character but visible ASCII counts threefold or more. So is what is put where nothing is current.
     *
     * @param key visible ASCII without the separators of HTTP, such as {@code user-id}
     * @param value any text; null removes it
     */
    public void putBaggage(String key, @Nullable String value) {
        if (tracer == null || key == null) {
            return;
        }
        Frame frame = tracer.currentFrame();
        Baggage present = frame == null ? Baggage.EMPTY : frame.carried().baggage();
        Baggage next = value == null ? present.without(key) : present.with(key, value);
        if (frame != null && next != null) {
            frame.carry(next);
        } else if (value != null) {
            tracer.adjustments().count(Adjustment.BAGGAGE_DROPPED, key);
        }
    }

    /** Null while it is off. */
    @Nullable Engine engine() {
        return tracer == null || propagator == null ? null : new Engine(tracer, propagator);
    }

    /** What became of everything so far. */
    public DeliveryReport report() {
        return DeliveryReport.of(delivery.counts());
    }

    /** Trace headers that were ignored because they were malformed; a member of {@code baggage} counts as one. */
    public long ignoredTraceHeaders() {
        return ignoredTraceHeadersByName().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The same by the header's name; {@code unreadable} for those of a call whose headers could not be read. */
    public Map<String, Long> ignoredTraceHeadersByName() {
        return propagator == null ? Map.of() : propagator.ignored();
    }

    /** Tells this process from the service's others: the host's name and the process id. */
    public String instance() {
        return HostAndProcess.name();
    }

    /** The name for the segment of a request: its host's, if that is one of {@link ObsBuilder#namedByHost}. */
    public String segmentName(@Nullable String host) {
        HostPattern pattern = settings.namedByHost();
        return pattern != null && host != null && pattern.matches(host) ? host : settings.service();
    }

    /** The service's name. */
    public String service() {
        return settings.service();
    }

    /**
     * Sends what was recorded before the call, and waits until all of it is delivered or lost, or the time is up.
     *
     * @return the truth: what is not acknowledged is not called delivered
     */
    @CanIgnoreReturnValue
    public DeliveryReport flush(Duration timeout) {
        delivery.flush(timeout);
        return report();
    }

    /**
     * Takes nothing more, sends what is left within the time set by {@link ObsBuilder#shutdownTimeout}, ends the threads
     * and says what became of everything. A second call waits for the first. The end of the JVM closes it too, by default.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        try {
            if (shutdownHook != null) {
                shutdownHook.remove();
            }
            endLogs();
            if (errors != null) {
                errors.close();
            }
            if (tracer != null) {
                tracer.close();
            }
            closeSampler();
            delivery.close(settings.shutdownTimeout());
            if (!delivery.counts().isEmpty()) {
                LOG.info("Cruddur Obs closed. {}{}", report(), foldedErrors());
            }
        } finally {
            closed.countDown();
        }
    }

    private String foldedErrors() {
        ErrorCounts counts = errorCounts();
        return counts.folded() == 0 ? "" : "; errors: " + counts;
    }

    /** Foreign code is on that way, and what is pending must be sent whatever it does. */
    private void endLogs() {
        try {
            removeAppender.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The appender could not be removed", e);
        }
    }

    private void closeSampler() {
        if (sampler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("The sampler could not be closed", e);
            }
        }
    }

    /** The JVM's end must not overtake the application's own close. */
    private void awaitClosed() {
        try {
            Duration longest = settings.shutdownTimeout().plusSeconds(2);
            if (!closed.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Cruddur Obs did not close within {}", longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
