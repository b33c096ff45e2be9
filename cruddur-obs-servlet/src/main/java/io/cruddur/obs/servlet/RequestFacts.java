package io.cruddur.obs.servlet;

import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.redact.ControlCharacters;
import io.cruddur.obs.redact.Urls;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.InboundRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a request, at its beginning: an asynchronous one may be gone at its end. No text but the host and
 * the path has control characters, or the value of a parameter.
 *
 * @param method the method, or {@code _OTHER}
 * @param scheme {@code http} or {@code https}
 * @param target the path and the names of the query
 * @param host the {@code Host} header, as it came
 * @param path the path, as it came: for sampling rules only, which neither show nor keep it
 * @param clientAddress the client's address, by the trust rule
 * @param trusted whether the socket's peer is trusted
 * @param forwarded whether the address is from {@code X-Forwarded-For}
 * @param userAgent the client's own words about itself
 */
record RequestFacts(
        String method,
        String scheme,
        String target,
        @Nullable String host,
        @Nullable String path,
        String clientAddress,
        boolean trusted,
        boolean forwarded,
        @Nullable String userAgent)
        implements InboundRequest {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final Pattern PATH_PARAMETER_VALUE = Pattern.compile("=[^;/]*");
    /** X-Ray takes 250 characters; a line of the log is read by people. */
    private static final int MAX_USER_AGENT_CHARS = 512;

    static RequestFacts of(HttpServletRequest request, TrustedPeers peers) {
        // There is none over a Unix domain socket.
        String peer = Objects.requireNonNullElse(request.getRemoteAddr(), "-");
        boolean trusted = peers.trusts(peer);
        String client = trusted ? peers.clientAddress(peer, Headers.joined(request, "X-Forwarded-For")) : peer;
        String method = request.getMethod();
        String path = request.getRequestURI();
        return new RequestFacts(
                METHODS.contains(method) ? method : "_OTHER",
                ControlCharacters.escape(request.getScheme()),
                safe(path, request.getQueryString()),
                request.getHeader("Host"),
                path,
                client,
                trusted,
                !client.equals(peer),
                userAgent(request));
    }

    /** For the segment and for errors; apart, since most requests of a busy service are not recorded. */
    HttpRequest toHttpRequest(HttpServletRequest request) {
        String url = safe(request.getRequestURL().toString(), request.getQueryString());
        return new HttpRequest(method, url, clientAddress, userAgent, forwarded);
    }

    private static String safe(String pathOrUrl, @Nullable String query) {
        String bare = pathOrUrl.indexOf(';') < 0 ? pathOrUrl : withoutPathParameterValues(pathOrUrl);
        return ControlCharacters.escape(Urls.pathAndQueryNames(bare, query));
    }

    /** {@code /a;jsessionid=123/b} becomes {@code /a;jsessionid=/b}: a session's id is as good as a password. */
    private static String withoutPathParameterValues(String path) {
        int first = path.indexOf(';');
        return path.substring(0, first)
                + PATH_PARAMETER_VALUE.matcher(path.substring(first)).replaceAll("=");
    }

    private static @Nullable String userAgent(HttpServletRequest request) {
        String userAgent = request.getHeader("User-Agent");
        return userAgent == null ? null : Headers.safe(userAgent, MAX_USER_AGENT_CHARS);
    }
}
