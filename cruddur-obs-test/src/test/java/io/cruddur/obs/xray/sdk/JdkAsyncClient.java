package io.cruddur.obs.xray.sdk;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.utils.async.SimplePublisher;

/** The JDK's client for the AWS SDK's asynchronous calls: the answer comes on another thread than the call. */
public final class JdkAsyncClient implements SdkAsyncHttpClient {
    private static final Set<String> SET_BY_THE_JDK = Set.of("host", "content-length", "expect", "connection");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
        SdkHttpRequest request = call.request();
        var content = call.requestContentPublisher();
        var builder = HttpRequest.newBuilder(request.getUri())
                .method(
                        request.method().name(),
                        HttpRequest.BodyPublishers.fromPublisher(
                                FlowAdapters.toFlowPublisher(content),
                                content.contentLength().orElse(0L)));
        request.forEachHeader((name, values) -> {
            if (!SET_BY_THE_JDK.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return client.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenAccept(answer -> {
                    call.responseHandler()
                            .onHeaders(SdkHttpResponse.builder()
                                    .statusCode(answer.statusCode())
                                    .headers(answer.headers().map())
                                    .build());
                    var body = new SimplePublisher<ByteBuffer>();
                    call.responseHandler().onStream(body);
                    var sent = body.send(ByteBuffer.wrap(answer.body()));
                    var completed = body.complete();
                    assert sent != completed;
                });
    }

    @Override
    public void close() {}
}
