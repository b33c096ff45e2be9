package io.cruddur.obs.servlet;

import io.cruddur.obs.ErrorReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.SpanBuilder;
import io.cruddur.obs.propagation.XAmznTraceId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request and its answer under way. It ends once, on whichever thread; but for its beginning nothing here throws. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int MAX_WRAPPERS = 16;

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final Obs obs;
    /** Null for a request without a line. */
    private final @Nullable AccessLog accessLog;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RequestFacts facts;
    private final Span span;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    /** The end, with the ids of this request on whatever thread it comes. */
    private final Runnable end;

    private volatile @Nullable Throwable failure;

    private Exchange(
            Obs obs,
            @Nullable AccessLog accessLog,
            HttpServletRequest request,
            HttpServletResponse response,
            RequestFacts facts,
            Span span) {
        this.obs = obs;
        this.accessLog = accessLog;
        this.request = request;
        this.response = response;
        this.facts = facts;
        this.span = span;
        this.end = obs.wrap(this::complete);
    }

    /** Begins the segment, which is current from now on; null while Cruddur Obs is off. May throw. */
    static @Nullable Exchange begin(
            Obs obs,
            AccessLog accessLog,
            RequestFacts facts,
            HttpServletRequest request,
            HttpServletResponse response) {
        // A trace of its own or its caller's: never a part of what was current on the thread.
        SpanBuilder segment =
                obs.trace(obs.segmentName(facts.host())).newTrace().server().request(facts);
        if (facts.trusted()) {
            segment = segment.continueFrom(name -> Headers.joined(request, name));
        }
        Span span = segment.start();
        if (!span.context().isValid()) {
            span.close();
            return null;
        }
        var exchange = new Exchange(obs, accessLog.covers(request) ? accessLog : null, request, response, facts, span);
        exchange.describe();
        return exchange;
    }

    private void describe() {
        try {
            response.setHeader(XAmznTraceId.NAME, span.context().toXAmznTraceIdOfResponse());
            if (span.isRecording()) {
                span.http(facts.toHttpRequest(request));
                if (!facts.trusted()) {
                    InboundTrace.keep(request, span);
                }
            }
        } catch (Throwable e) {
            LOG.debug("A segment lacks a part of its request", e);
        }
    }

    /**
     * After the chain: ends it, or leaves that to the container if the answer is not finished yet. The thread goes back to
     * its pool as it came, whatever the application left open on it.
     *
     * @param thrown what the chain threw, if it did
     */
    void leave(@Nullable Throwable thrown) {
        endNowOrLater(thrown);
        span.detach();
    }

    private void endNowOrLater(@Nullable Throwable thrown) {
        try {
            if (thrown == null && request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new AsyncEnd(this));
                return;
            }
        } catch (Throwable e) {
            LOG.debug("An asynchronous request cannot be followed; its segment ends now", e);
        }
        failure = thrown;
        end();
    }

    /** Remembers what went wrong, for the end. */
    void failed(Throwable thrown) {
        failure = thrown;
    }

    void end() {
        if (ended.compareAndSet(false, true)) {
            end.run();
        }
    }

    private void complete() {
        try {
            int status = response.getStatus();
            Throwable thrown = failure;
            if (thrown != null) {
                report(thrown);
                // The container makes it a 500 after us.
                status = status < 400 ? 500 : status;
            }
            long bytes = contentLength();
            span.httpResponse(status, bytes);
            if (accessLog != null) {
                accessLog.write(request, facts, status, bytes, System.nanoTime() - startNanos);
            }
        } catch (Throwable e) {
            LOG.debug("A segment lacks a part of its answer", e);
        } finally {
            span.close();
        }
    }

    private void report(Throwable thrown) {
        ErrorReport report = obs.error(rootCause(thrown));
        try {
            report = report.request(facts.toHttpRequest(request));
        } catch (Throwable e) {
            LOG.debug("An error is reported without its request", e);
        }
        report.report();
    }

    /** What a servlet wrapped; the wrapper says nothing. */
    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        // Bounded, since causes can go round in a circle.
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            if (!(cause instanceof ServletException wrapper) || wrapper.getRootCause() == null) {
                break;
            }
            cause = wrapper.getRootCause();
        }
        return cause;
    }

    private long contentLength() {
        String header = response.getHeader("Content-Length");
        return header != null && LENGTH.matcher(header).matches() ? Long.parseLong(header) : -1;
    }
}
