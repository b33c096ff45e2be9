package io.cruddur.obs;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.delivery.DeliveryThread;
import io.cruddur.obs.delivery.RateLimitedLog;
import io.cruddur.obs.error.Breadcrumbs;
import io.cruddur.obs.error.ErrorKeys;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.error.LoggedErrors;
import io.cruddur.obs.error.SeenThrowables;
import io.cruddur.obs.error.Storms;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Thrown;
import io.cruddur.obs.trace.Trail;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an error between whoever reports it and the pipeline: once, not too often, filtered. Thread-safe. */
final class ErrorReporter implements LoggedErrors.Reporter {
    /** By which a trace leads to the item. */
    static final String UUID_ANNOTATION = "rollbar_uuid";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorReporter.class);
    private static final long TICK_NANOS = Duration.ofMillis(200).toNanos();

    private final ErrorOptions options;
    private final ErrorRules rules;
    private final SeenThrowables seen = new SeenThrowables();
    private final Storms storms;
    private final @Nullable Consumer<ErrorRecord> out;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final LongAdder reported = new LongAdder();
    private final LongAdder items = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder folded = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder failed = new LongAdder();
    /** That errors go to the log alone is said with the first: before that nobody wants to know. */
    private final AtomicBoolean isToBeSaid = new AtomicBoolean();

    private volatile long nextTickNanos = System.nanoTime();
    private volatile boolean closed;

    /** One that has no receiver. */
    static ErrorReporter toLog(ErrorOptions options, boolean saysSo) {
        var reporter = new ErrorReporter(options, null);
        reporter.isToBeSaid.set(saysSo);
        return reporter;
    }

    /**
     * One that hands errors on.
     *
     * @param out takes an item; never blocks and never throws. Null where there is no receiver: errors go to the log then
     */
    ErrorReporter(ErrorOptions options, @Nullable Consumer<ErrorRecord> out) {
        this.options = options;
        this.rules = new ErrorRules(options, log);
        this.storms = new Storms(options.maxPerMinute(), options.window());
        this.out = out;
    }

    boolean hasReceiver() {
        return out != null;
    }

    String report(ErrorItem item) {
        reported.increment();
        try {
            return process(item);
        } catch (Throwable e) {
            // An Error too, such as a stack that is used up: it is the application's thread and not its failure.
            failed.increment();
            sayFailed(e);
            return Ids.uuid().toString();
        }
    }

    private void sayFailed(Throwable e) {
        try {
            log.warn("An error could not be reported: " + e.getClass().getName());
        } catch (Throwable again) {
            // Nothing is left to be done on this thread.
            return;
        }
    }

    private String process(ErrorItem item) {
        Throwable throwable = item.throwable();
        if (rules.leavesOut(item)) {
            ignored.increment();
            mark(throwable);
            return Ids.uuid().toString();
        }
        var report = new SeenThrowables.Report(where(throwable).ids());
        long now = System.nanoTime();
        if (throwable != null) {
            SeenThrowables.Report known = seen.claim(throwable, report, now);
            if (known != null) {
                repeated.increment();
                mark(throwable);
                return known.uuid();
            }
        }
        return first(item, report, now);
    }

    /** One that nobody has reported yet. */
    private String first(ErrorItem item, SeenThrowables.Report report, long now) {
        Throwable throwable = item.throwable();
        long nowMillis = System.currentTimeMillis();
        CapturedException captured = null;
        long key;
        if (throwable == null || item.fingerprint() != null) {
            key = item.fingerprint() != null
                    ? ErrorKeys.ofFingerprint(item.fingerprint())
                    : ErrorKeys.ofMessage(item.level().name(), String.valueOf(item.message()));
        } else {
            long kind = ErrorKeys.kindOf(throwable);
            String told = closed ? null : storms.foldUnread(kind, now, nowMillis);
            if (told != null) {
                return folded(throwable, report.countedIn(told));
            }
            captured = capture(throwable);
            key = ErrorKeys.of(captured);
            storms.read(kind, key, System.nanoTime() - now);
        }
        String told = closed ? null : storms.fold(key, now, nowMillis);
        if (told != null) {
            if (storms.needsSample(key)) {
                rules.prepare(item);
                if (item.isDropped()) {
                    storms.unfold(key);
                    ignored.increment();
                    return report.uuid();
                }
                storms.sample(key, record(item, captured, told, nowMillis));
            }
            return folded(throwable, report.countedIn(told));
        }
        return sent(item, captured, report.uuid(), nowMillis);
    }

    private String folded(@Nullable Throwable throwable, String uuid) {
        folded.increment();
        Frame frame = Frame.current();
        SpanNode span = frame == null ? null : frame.currentSpan();
        if (span != null && throwable != null) {
            // Without the stack, which is in the item; unless it is there already, as an exception passed through.
            if (span.extraOrNull() == null || !span.extraOrNull().isFault()) {
                span.putException(CapturedException.withoutStack(throwable));
            }
        }
        annotate(span, uuid);
        tick();
        return uuid;
    }

    private String sent(ErrorItem item, @Nullable CapturedException captured, String uuid, long nowMillis) {
        mark(item.throwable());
        rules.prepare(item);
        if (item.isDropped()) {
            ignored.increment();
            return uuid;
        }
        if (out == null) {
            ErrorLog.write(item, uuid);
            if (isToBeSaid.compareAndSet(true, false)) {
                LOG.info(
                        "Errors go to the log only: no Rollbar token is set. ROLLBAR_ACCESS_TOKEN, a project token with "
                                + "the scope post_server_item, sends them to Rollbar.");
            }
        } else {
            out.accept(record(item, captured, uuid, nowMillis));
        }
        items.increment();
        Frame frame = Frame.current();
        annotate(frame == null ? null : frame.currentSpan(), uuid);
        tick();
        return uuid;
    }

    private static void annotate(@Nullable SpanNode span, String uuid) {
        if (span != null) {
            span.putAnnotation(UUID_ANNOTATION, uuid);
        }
    }

    /** The exception belongs to the trace in any case: what is no item may still be what went wrong there. */
    private static void mark(@Nullable Throwable throwable) {
        Frame frame = throwable == null ? null : Frame.current();
        SpanNode span = frame == null ? null : frame.currentSpan();
        if (span != null && throwable != null) {
            span.putException(throwable);
        }
    }

    /** What is current; where nothing is any more, the span in which it was thrown. */
    private static Thrown where(@Nullable Throwable throwable) {
        Frame frame = Frame.current();
        Thrown ended = frame == null && throwable != null ? Thrown.of(throwable) : null;
        return ended == null ? new Thrown(SpanIds.current(), frame != null && frame.sampled()) : ended;
    }

    /** Once for the item and for the trace. */
    private static CapturedException capture(Throwable throwable) {
        Frame frame = Frame.current();
        SpanNode span = frame == null ? null : frame.currentSpan();
        return span == null ? CapturedException.of(throwable) : span.captured(throwable);
    }

    private ErrorRecord record(ErrorItem item, @Nullable CapturedException captured, String uuid, long nowMillis) {
        Frame frame = Frame.current();
        Trail trail = frame == null ? null : frame.trail();
        Thrown where = where(item.throwable());
        HttpRequest request = item.request() != null || trail == null ? item.request() : trail.request();
        Throwable throwable = item.throwable();
        return new ErrorRecord(
                uuid,
                nowMillis,
                item.level().wireName(),
                item.title(),
                item.message(),
                captured != null || throwable == null ? captured : capture(throwable),
                item.isUncaught(),
                // A copy: whoever reports may go on with what it has.
                Collections.unmodifiableMap(new LinkedHashMap<>(item.custom())),
                item.person(),
                request,
                item.context() != null || trail == null ? item.context() : trail.route(),
                item.fingerprint(),
                Thread.currentThread().getName(),
                options.isBreadcrumbs() ? Breadcrumbs.of(frame) : List.of(),
                where.ids(),
                where.sampled(),
                null);
    }

    @Override
    public LoggedErrors.@Nullable Known logged(boolean isError, String message, String logger, Throwable throwable) {
        SeenThrowables.Report known = seen.known(throwable, System.nanoTime());
        if (known == null && isError && options.isLogged() && !DeliveryThread.isCurrent()) {
            report(new ErrorItem(throwable, message).with("logger", logger));
            known = seen.known(throwable, System.nanoTime());
        }
        return known == null ? null : new LoggedErrors.Known(known.uuid(), known.ids());
    }

    /** Sends what tells of folded errors and is due; from the sink's thread, and from whoever reports. */
    void tick() {
        long now = System.nanoTime();
        if (now - nextTickNanos < 0) {
            return;
        }
        nextTickNanos = now + TICK_NANOS;
        storms.due(now).forEach(this::tell);
    }

    private void tell(ErrorRecord folded) {
        if (out == null) {
            ErrorLog.write(folded);
        } else {
            out.accept(folded);
        }
    }

    /** Sends what tells of folded errors, due or not. What comes later is not folded: nobody would tell of it. */
    void close() {
        closed = true;
        storms.all().forEach(this::tell);
    }

    ErrorCounts counts() {
        // Parts before the whole: one that is just being reported must not be more than there were.
        long itemsNow = items.sum();
        long repeatedNow = repeated.sum();
        long untold = storms.waiting();
        long foldedNow = folded.sum();
        long ignoredNow = ignored.sum();
        long failedNow = failed.sum();
        return new ErrorCounts(reported.sum(), itemsNow, repeatedNow, foldedNow, untold, ignoredNow, failedNow);
    }
}
