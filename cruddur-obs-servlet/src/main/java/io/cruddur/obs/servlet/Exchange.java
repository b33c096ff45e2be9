package io.cruddur.obs.servlet;

import io.cruddur.obs.ErrorReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.SpanBuilder;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.propagation.XAmznTraceId;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.RequestSource;
import io.cruddur.obs.trace.Trail;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request and its answer under way. It ends once, on whichever thread; but for its beginning nothing here throws. */
final class Exchange implements RequestSource {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final AtomicIntegerFieldUpdater<Exchange> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "ended");
    /** Under which an exception lies that became an answer: anybody's; Spring's, without a view and with one. */
    private static final List<String> LEFT_BY_FRAMEWORKS = List.of(
            ObsFilter.FAILURE_ATTRIBUTE,
            "org.springframework.web.servlet.DispatcherServlet.EXCEPTION",
            RequestDispatcher.ERROR_EXCEPTION);

    private static final int MAX_WRAPPERS = 16;
    private static final int MAX_LENGTH_DIGITS = 18;

    /** Work of which the caller sees what it throws. */
    private interface Work {
        void run() throws IOException, ServletException;
    }

    private final Obs obs;
    /** Null for a request without a line. */
    private final @Nullable AccessLog accessLog;

    private final Routes routes;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RequestFacts facts;
    private final Span span;
    private final long startNanos = System.nanoTime();
    /** Runs work with this request's ids on whatever thread it is; gives what the work throws. */
    private final Function<Work, @Nullable Throwable> within;

    @SuppressWarnings("unused") // by ENDED
    private volatile int ended;

    private volatile @Nullable Throwable failure;
    /** Under which its failure is reported; of the thread that ends it. */
    private @Nullable String errorUuid;

    private Exchange(
            Obs obs,
            @Nullable AccessLog accessLog,
            Routes routes,
            RequestFacts facts,
            HttpServletRequest request,
            HttpServletResponse response,
            Span span) {
        this.obs = obs;
        this.accessLog = accessLog;
        this.routes = routes;
        this.request = request;
        this.response = response;
        this.facts = facts;
        this.span = span;
        this.within = obs.wrapFunction(Exchange::thrownBy);
    }

    /**
     * Begins the segment, which is current from now on; null while Cruddur Obs is off. May throw.
     *
     * @param accessLog takes the line; null for none
     */
    static @Nullable Exchange begin(
            Obs obs,
            @Nullable AccessLog accessLog,
            Routes routes,
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
        TraceContext context = span.context();
        if (!context.isValid()) {
            span.close();
            return null;
        }
        var exchange = new Exchange(obs, accessLog, routes, facts, request, response, span);
        exchange.describe(context);
        return exchange;
    }

    private void describe(TraceContext context) {
        try {
            response.setHeader(XAmznTraceId.NAME, context.toXAmznTraceIdOfResponse());
            if (span.isRecording()) {
                span.http(facts.toHttpRequest(request));
                if (!facts.trusted()) {
                    InboundTrace.keep(request, span);
                }
            }
            Frame here = Frame.current();
            Trail trail = here == null ? null : here.trail();
            if (trail != null) {
                // Whoever reports an error in it need not know of requests.
                trail.request(this);
            }
        } catch (Throwable e) {
            LOG.debug("A segment lacks a part of its request", e);
        }
    }

    /** Has the request know it, for its later dispatches. */
    void mark(String attribute) {
        try {
            request.setAttribute(attribute, this);
        } catch (Throwable e) {
            LOG.debug("A request cannot be marked as seen", e);
        }
    }

    /** A later dispatch of the request, which belongs to it whatever thread that is on. */
    void goOn(ServletRequest again, ServletResponse answer, FilterChain chain) throws IOException, ServletException {
        Throwable thrown = within.apply(() -> chain.doFilter(again, answer));
        if (thrown == null) {
            return;
        }
        if (again.getDispatcherType() == DispatcherType.ASYNC) {
            failed(thrown);
        }
        throwAsItIs(thrown);
    }

    private static @Nullable Throwable thrownBy(Work work) {
        try {
            work.run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static void throwAsItIs(Throwable thrown) throws IOException, ServletException {
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof ServletException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        // No other checked exception can be declared; what a language without them throws passes as it is.
        throw Exchange.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
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
        if (thrown != null) {
            failed(thrown);
        }
        try {
            if (request.isAsyncStarted()) {
                // Where it has thrown as well, one container ends it, and another waits for whoever was to complete it.
                request.getAsyncContext().addListener(new AsyncEnd(this));
                return;
            }
        } catch (Throwable e) {
            LOG.debug("An asynchronous request cannot be followed; its segment ends now", e);
        }
        end();
    }

    /** Remembers what went wrong, for the end. */
    void failed(Throwable thrown) {
        failure = thrown;
    }

    void end() {
        if (!ENDED.compareAndSet(this, 0, 1)) {
            return;
        }
        if (isCurrent()) {
            complete();
        } else {
            // On another thread, or below what the application left open on this one.
            Throwable none = within.apply(this::complete);
            assert none == null : none;
        }
    }

    /** A span that is not recorded is the frame itself; asked first, since it costs less. */
    private boolean isCurrent() {
        return Frame.current() == span || obs.currentSpan() == span;
    }

    private void complete() {
        try {
            int status = response.getStatus();
            Throwable thrown = failure;
            if (thrown != null) {
                status = failedWith(thrown, status);
            } else if (span.isRecording() && Disconnect.wasHandled(request)) {
                clientIsGone();
            } else if (status >= 500) {
                reportHandled();
            }
            long bytes = contentLength();
            String route = span.isRecording() || accessLog != null ? routes.of(request) : null;
            span.annotate("http_route", route);
            span.httpResponse(status, bytes);
            if (accessLog != null) {
                accessLog.write(facts, route, status, bytes, System.nanoTime() - startNanos, errorUuid);
            }
        } catch (Throwable e) {
            LOG.debug("A segment lacks a part of its answer", e);
        } finally {
            span.close();
        }
    }

    /** What a framework has made this answer of, and threw nothing on. */
    private void reportHandled() {
        for (String attribute : LEFT_BY_FRAMEWORKS) {
            if (request.getAttribute(attribute) instanceof Throwable handled) {
                if (!Disconnect.isCauseOf(handled)) {
                    report(handled, false);
                }
                return;
            }
        }
    }

    /** Gives the status that the answer has in the end. */
    private int failedWith(Throwable thrown, int status) {
        if (Disconnect.isCauseOf(thrown)) {
            // Nobody is there to get another status.
            clientIsGone();
            return status;
        }
        int refused = RefusedRequest.status(thrown);
        if (refused > 0) {
            // The container makes it that after us, whatever was set.
            return response.isCommitted() ? status : refused;
        }
        report(thrown, true);
        // The container makes it a 500 after us.
        return status < 400 ? 500 : status;
    }

    /** That is nobody's failure, and may be worth knowing. */
    private void clientIsGone() {
        span.annotate("client_disconnected", true);
    }

    private void report(Throwable thrown, boolean escaped) {
        ErrorReport report = obs.error(rootCause(thrown)).context(route());
        try {
            report = report.request(request());
        } catch (Throwable e) {
            LOG.debug("An error is reported without its request", e);
        }
        errorUuid = (escaped ? report.uncaught() : report).report();
    }

    @Override
    public HttpRequest request() {
        return facts.toHttpRequest(request);
    }

    @Override
    public @Nullable String route() {
        String route = routes.of(request);
        return route == null ? null : facts.method() + ' ' + route;
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
        if (header == null || header.isEmpty() || header.length() > MAX_LENGTH_DIGITS) {
            return -1;
        }
        for (int i = 0; i < header.length(); i++) {
            if (header.charAt(i) < '0' || header.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(header);
    }
}
