package io.cruddur.obs.http;

import io.cruddur.obs.delivery.Answer;
import java.io.ByteArrayOutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls by the JDK's client: each ends within its time limit, also where the body drips, follows no redirect, and
 * keeps no more of an answer than is looked at. Opens nothing before the first. Used by one thread.
 */
public final class HttpAttempts implements AutoCloseable {
    private static final int MAX_BODY = 65_536;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private final Duration timeout;
    private final @Nullable ProxySelector proxy;
    private @Nullable HttpClient client;

    /** Attempts that may take so long each, from the connection to the end of the answer; through the JDK's proxy, if it has one. */
    public HttpAttempts(Duration timeout) {
        this(timeout, null);
    }

    /**
     * The same through another proxy.
     *
     * @param proxy the way; null for the JDK's own choice
     */
    public HttpAttempts(Duration timeout, @Nullable ProxySelector proxy) {
        this.timeout = timeout;
        this.proxy = proxy;
    }

    /**
     * Makes one call.
     *
     * @param classify says what the answer means
     * @return {@link Answer#unreachable} where none came
     */
    public Answer send(HttpRequest.Builder call, Function<Reply, Answer> classify) throws InterruptedException {
        var body = new ByteArrayOutputStream();
        // The request's own time limit ends with the headers; a body that drips would hold the worker for good.
        HttpRequest request = call.timeout(timeout).build();
        CompletableFuture<HttpResponse<Void>> exchange = client().sendAsync(request, beginning(body));
        try {
            HttpResponse<Void> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return classify.apply(new Reply(response.statusCode(), response.headers(), body.toByteArray()));
        } catch (TimeoutException e) {
            return Answer.unreachable("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            // The JDK's client says neither who was called nor, where nobody listens, why it failed.
            URI to = request.uri();
            String port = to.getPort() < 0 ? "" : ":" + to.getPort();
            return Answer.unreachable(e.getCause() + " on the way to " + to.getHost() + port);
        } finally {
            exchange.cancel(true);
        }
    }

    /** Keeps the beginning of a body and lets the rest go by. */
    private static HttpResponse.BodyHandler<Void> beginning(ByteArrayOutputStream body) {
        return HttpResponse.BodyHandlers.ofByteArrayConsumer(part ->
                part.ifPresent(some -> body.write(some, 0, Math.min(some.length, MAX_BODY - body.size()))));
    }

    private HttpClient client() {
        HttpClient present = client;
        if (present == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(LONGEST_CONNECT.compareTo(timeout) < 0 ? LONGEST_CONNECT : timeout)
                    .version(HttpClient.Version.HTTP_1_1);
            client = present = (proxy == null ? builder : builder.proxy(proxy)).build();
        }
        return present;
    }

    @Override
    public void close() {
        // The JDK's client has nothing to close before Java 21; its threads end when it is collected.
        client = null;
    }
}
