package io.cruddur.obs.httpclient;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.redact.Urls;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanNode;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP client, each of whose calls is a span with X-Ray's {@code http} block, a child of what is current where the
 * call is made, and tells the other side of the trace by the headers of {@link Obs#inject}.
 *
 * <pre>{@code
 * HttpClient client = TracedHttpClient.of(obs, HttpClient.newHttpClient());
 * }</pre>
 *
 * <p>Where no trace is current it does nothing. Inside a span that stands for a call already, such as one of RestClient that
 * Micrometer observes, it makes no second one, and the headers are that span's. The span ends when the answer has come, with
 * its body as far as the body's handler waits for it. Of the URL, the query keeps its names and loses its values. Opening a
 * web socket is not traced.
 *
 * <p>Thread-safe. What goes wrong in recording never reaches the application.
 */
public final class TracedHttpClient extends HttpClient {
    private static final Logger LOG = LoggerFactory.getLogger(TracedHttpClient.class);

    private final Supplier<Obs> obs;
    private final HttpClient target;

    private TracedHttpClient(Supplier<Obs> obs, HttpClient target) {
        this.obs = obs;
        this.target = target;
    }

    /** The client, traced; one that is traced already as it is. */
    public static HttpClient of(Obs obs, HttpClient client) {
        Objects.requireNonNull(obs, "obs");
        Objects.requireNonNull(client, "client");
        return of(() -> obs, client);
    }

    /**
     * The same before there is an {@link Obs}, as where what it needs needs a client itself. It is asked for at each call that
     * is made where a trace is current; while it cannot be had, nothing is recorded.
     */
    public static HttpClient of(Supplier<Obs> obs, HttpClient client) {
        Objects.requireNonNull(obs, "obs");
        Objects.requireNonNull(client, "client");
        return client instanceof TracedHttpClient ? client : new TracedHttpClient(obs, client);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Span span = begin(request);
        if (span == null) {
            return target.send(withHeaders(request), handler);
        }
        try {
            HttpResponse<T> response = target.send(withHeaders(request), handler);
            answered(span, response);
            return response;
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
        Span span = begin(request);
        if (span == null) {
            return target.sendAsync(withHeaders(request), handler, pushed);
        }
        try {
            CompletableFuture<HttpResponse<T>> answer = target.sendAsync(withHeaders(request), handler, pushed);
            // Beside, and not instead: to cancel what the client gave cancels the call.
            answer.whenComplete((response, failure) -> ended(span, response, failure));
            span.detach();
            return answer;
        } catch (Throwable e) {
            span.exception(e);
            span.close();
            throw e;
        }
    }

    private static void ended(Span span, @Nullable HttpResponse<?> response, @Nullable Throwable failure) {
        if (response != null) {
            answered(span, response);
        }
        span.exception(
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
        span.close();
    }

    private static void answered(Span span, HttpResponse<?> response) {
        long length = -1;
        try {
            length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        } catch (NumberFormatException e) {
            LOG.debug("An answer with a length that is no number", e);
        }
        span.httpResponse(response.statusCode(), length);
    }

    /** Null where nothing is traced, or this call is a span already. */
    private @Nullable Span begin(HttpRequest request) {
        Frame frame = Frame.current();
        if (frame == null) {
            return null;
        }
        SpanNode current = frame.currentSpan();
        if (current == null || current.kind() == Kind.CLIENT) {
            return null;
        }
        Obs recorder = obs();
        if (recorder == null) {
            return null;
        }
        URI uri = request.uri();
        String host = uri.getHost();
        return recorder.trace(host == null ? "http" : host)
                .client()
                .start()
                .http(new io.cruddur.obs.trace.HttpRequest(request.method(), shown(uri), null, null, false));
    }

    private @Nullable Obs obs() {
        try {
            return obs.get();
        } catch (RuntimeException e) {
            LOG.debug("A call is not traced", e);
            return null;
        }
    }

    private static String shown(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + Urls.pathAndQueryNames(path, uri.getRawQuery());
    }

    private HttpRequest withHeaders(HttpRequest request) {
        Obs recorder = Frame.current() == null ? null : obs();
        if (recorder == null) {
            return request;
        }
        try {
            HttpRequest.Builder told = HttpRequest.newBuilder(request, (name, value) -> true);
            recorder.inject(told::setHeader);
            return told.build();
        } catch (RuntimeException e) {
            // A request of the application's own making that cannot be copied.
            LOG.debug("A request could not be told of its trace", e);
            return request;
        }
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return target.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return target.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return target.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return target.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return target.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return target.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return target.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return target.authenticator();
    }

    @Override
    public Version version() {
        return target.version();
    }

    @Override
    public Optional<Executor> executor() {
        return target.executor();
    }

    // Methods of HttpClient from Java 21 on; its close() is made of them.

    /** Takes no more calls; nothing before Java 21. */
    public void shutdown() {
        Java21.SHUTDOWN.on(target);
    }

    /** Ends the calls under way as well; nothing before Java 21. */
    public void shutdownNow() {
        Java21.SHUTDOWN_NOW.on(target);
    }

    /** Whether it has taken no more calls and all have ended; false before Java 21. */
    public boolean isTerminated() {
        return Boolean.TRUE.equals(Java21.IS_TERMINATED.on(target));
    }

    /** Waits for that, so long; false before Java 21. */
    public boolean awaitTermination(Duration longest) throws InterruptedException {
        Object ended = Java21.AWAIT_TERMINATION.on(target, longest);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return Boolean.TRUE.equals(ended);
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
