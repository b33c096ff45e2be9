package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.propagation.PropagationFormat;
import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Urls;
import io.cruddur.obs.servlet.AccessLog;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.SpanNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What is read of a reactive request.
 *
 * @param request what it is read from
 * @param method the method, or {@code _OTHER}
 * @param clientAddress the client's address, by the trust rule
 * @param trusted whether its headers are believed
 * @param forwarded whether the address is from {@code X-Forwarded-For}
 */
record ReactiveRequest(
        ServerHttpRequest request, String method, String clientAddress, boolean trusted, boolean forwarded)
        implements InboundRequest, AccessLog.Request {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final String INBOUND = "inbound";
    private static final int MAX_HEADER_CHARS = 512;

    static ReactiveRequest of(ServerHttpRequest request, ReactivePeers peers) {
        ReactivePeers.Client client = peers.client(request);
        String method = request.getMethod().name();
        return new ReactiveRequest(
                request,
                METHODS.contains(method) ? method : "_OTHER",
                client.address(),
                client.isTrusted(),
                client.isForwarded());
    }

    @Nullable String header(String name) {
        return joined(request, name);
    }

    /** All values of a header, joined by a comma: so a parser that takes one sees that there are more. */
    static @Nullable String joined(ServerHttpRequest request, String name) {
        List<String> values = request.getHeaders().get(name);
        return values == null || values.isEmpty() ? null : String.join(",", values);
    }

    @Override
    public @Nullable String host() {
        return request.getHeaders().getFirst(HttpHeaders.HOST);
    }

    @Override
    public String path() {
        return request.getURI().getRawPath();
    }

    /** The path within the application as the application sees it, without parameters: {@code /%68ealth} is {@code /health}. */
    static String decodedPath(ServerHttpRequest request) {
        var path = new StringBuilder();
        for (PathContainer.Element element :
                request.getPath().pathWithinApplication().elements()) {
            path.append(
                    element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value());
        }
        return path.toString();
    }

    @Override
    public String scheme() {
        String scheme = request.getURI().getScheme();
        return scheme == null ? "http" : ControlCharacters.escape(scheme);
    }

    @Override
    public String target() {
        return ControlCharacters.escape(Urls.pathAndQueryNames(
                Urls.withoutPathParameterValues(path()), request.getURI().getRawQuery()));
    }

    @Override
    public @Nullable String userAgent() {
        String userAgent = request.getHeaders().getFirst(HttpHeaders.USER_AGENT);
        return userAgent == null ? null : safe(userAgent);
    }

    HttpRequest toHttpRequest() {
        return new HttpRequest(
                method, Calls.safeUrl(request.getURI().toString()), clientAddress, userAgent(), forwarded);
    }

    /** The trace ids of a caller who is not trusted are not gone on with, but kept for whoever has to look. */
    void describe(SpanNode segment) {
        segment.putHttpRequest(toHttpRequest());
        if (!trusted) {
            for (PropagationFormat format : PropagationFormat.values()) {
                String value = header(format.traceHeader());
                if (value != null) {
                    segment.putMetadata(INBOUND, format.traceHeader(), safe(value));
                }
            }
        }
    }

    private static String safe(String text) {
        return ControlCharacters.escape(text.length() <= MAX_HEADER_CHARS ? text : text.substring(0, MAX_HEADER_CHARS));
    }
}
