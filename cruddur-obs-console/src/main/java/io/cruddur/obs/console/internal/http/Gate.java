package io.cruddur.obs.console.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * Turns away what another site makes a browser on this machine send, whatever the method and path: a foreign Origin, and
 * a Host that is not ours (a name rebound to 127.0.0.1 arrives with its own). Programs send no Origin and pass.
 */
final class Gate {

    private final Set<String> hosts;
    private final Set<String> origins;

    Gate(int port) {
        // Clients leave out the port that is HTTP's own.
        hosts = Stream.of("localhost", "127.0.0.1", "[::1]")
                .flatMap(host -> port == 80 ? Stream.of(host, host + ":80") : Stream.of(host + ":" + port))
                .collect(Collectors.toUnmodifiableSet());
        origins = hosts.stream().map(host -> "http://" + host).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws Problem if the request may not come in */
    void check(Request request) {
        HttpFields headers = request.getHeaders();
        if (!allIn(hosts, headers.getValuesList("Host"), false)) {
            throw new Problem(403, "This host name is not the console's.", "Use http://localhost with its port.");
        }
        if (!allIn(origins, headers.getValuesList("Origin"), true)) {
            throw new Problem(403, "Pages of other origins may not use the console.", "Open the console's own page.");
        }
        if (!isOurPageOrNavigation(request, headers)) {
            throw new Problem(403, "Pages of other sites may not use the console.", "Open the console's own page.");
        }
    }

    private static boolean allIn(Set<String> allowed, List<String> values, boolean mayBeMissing) {
        if (values.isEmpty()) return mayBeMissing;
        return values.stream().allMatch(value -> allowed.contains(value.toLowerCase(Locale.ROOT)));
    }

    /**
     * Another port of localhost is the same site, so a SameSite cookie alone does not keep its pages out. A link from
     * elsewhere to the page is harmless: it only shows the page.
     */
    private static boolean isOurPageOrNavigation(Request request, HttpFields headers) {
        String site = headers.get("Sec-Fetch-Site");
        if (site == null || site.equals("same-origin") || site.equals("none")) return true;
        return "navigate".equals(headers.get("Sec-Fetch-Mode"))
                && "document".equals(headers.get("Sec-Fetch-Dest"))
                && request.getMethod().equals("GET")
                && Request.getPathInContext(request).equals("/");
    }
}
