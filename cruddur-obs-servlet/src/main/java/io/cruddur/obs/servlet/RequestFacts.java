package io.cruddur.obs.servlet;

import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Urls;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.InboundRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a request, at its beginning: an asynchronous one may be gone at its end, and a forward may change it. The
 * parts are as they came; what leaves the process goes by the methods, which cost time and are asked for only where
 * something is recorded or logged.
 *
 * @param method the method, or {@code _OTHER}
 * @param rawScheme {@code http} or {@code https}
 * @param host the {@code Host} header
 * @param path the path: for sampling rules, which neither show nor keep it
 * @param rawQuery the query
 * @param clientAddress the client's address, by the trust rule
 * @param trusted whether its headers are believed
 * @param forwarded whether the address is from {@code X-Forwarded-For}
 * @param rawUserAgent the client's own words about itself
 */
record RequestFacts(
        String method,
        String rawScheme,
        @Nullable String host,
        String path,
        @Nullable String rawQuery,
        String clientAddress,
        boolean trusted,
        boolean forwarded,
        @Nullable String rawUserAgent)
        implements InboundRequest, AccessLog.Request {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    /** X-Ray takes 250 characters; a line of the log is read by people. */
    private static final int MAX_USER_AGENT_CHARS = 512;

    /**
     * Reads it.
     *
     * @param byClient whether the client has to be trusted, and not only the peer
     */
    static RequestFacts of(HttpServletRequest request, TrustedPeers peers, boolean byClient) {
        HttpServletRequest own = containers(request);
        // There is none over a Unix domain socket.
        String peer = Objects.requireNonNullElse(own.getRemoteAddr(), "-");
        boolean trusted = peers.trusts(peer);
        String client = trusted ? peers.clientAddress(peer, Headers.joined(own, "X-Forwarded-For")) : peer;
        if (byClient) {
            trusted = peers.trusts(client);
        }
        String method = request.getMethod();
        return new RequestFacts(
                METHODS.contains(method) ? method : "_OTHER",
                request.getScheme(),
                request.getHeader("Host"),
                request.getRequestURI(),
                request.getQueryString(),
                client,
                trusted,
                !client.equals(peer),
                request.getHeader("User-Agent"));
    }

    /** Whatever filters have put around it: some take the first address of the header for the peer's. */
    private static HttpServletRequest containers(HttpServletRequest request) {
        HttpServletRequest own = request;
        while (own instanceof HttpServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest in) {
            own = in;
        }
        return own;
    }

    @Override
    public String scheme() {
        return ControlCharacters.escape(rawScheme);
    }

    @Override
    public String target() {
        return safe(path);
    }

    @Override
    public @Nullable String userAgent() {
        return rawUserAgent == null ? null : Headers.safe(rawUserAgent, MAX_USER_AGENT_CHARS);
    }

    /** For the segment and for errors; apart, since most requests of a busy service are not recorded. */
    HttpRequest toHttpRequest(HttpServletRequest request) {
        String url = safe(request.getRequestURL().toString());
        return new HttpRequest(method, url, clientAddress, userAgent(), forwarded);
    }

    private String safe(String pathOrUrl) {
        return ControlCharacters.escape(Urls.pathAndQueryNames(Urls.withoutPathParameterValues(pathOrUrl), rawQuery));
    }
}
