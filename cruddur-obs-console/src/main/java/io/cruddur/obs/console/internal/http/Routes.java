package io.cruddur.obs.console.internal.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint answers which method and path. In a pattern {@code {name}} stands for one part of the path and
 * {@code {name...}}, at its end, for all that is left.
 */
public final class Routes {

    /** An endpoint with the parts of the path that its pattern names. */
    record Found(Endpoint endpoint, boolean guarded, Map<String, String> pathParts) {}

    private record Route(String method, List<String> pattern, Endpoint endpoint, boolean guarded) {}

    private record Stranger(Predicate<Call> calls, Endpoint endpoint) {}

    private final List<Route> routes = new ArrayList<>();
    private final List<Stranger> strangers = new ArrayList<>();

    /** Anyone on this machine may send this: it brings data and shows none, or does its own check. */
    public Routes open(String method, String pattern, Endpoint endpoint) {
        routes.add(new Route(method, List.of(pattern.split("/", -1)), endpoint, false));
        return this;
    }

    /** Takes the token. */
    public Routes guarded(String method, String pattern, Endpoint endpoint) {
        routes.add(new Route(method, List.of(pattern.split("/", -1)), endpoint, true));
        return this;
    }

    /** What no route answers, and these calls are about, is answered by this: a service has its own words for it. */
    public Routes otherwise(Predicate<Call> calls, Endpoint endpoint) {
        strangers.add(new Stranger(calls, endpoint));
        return this;
    }

    /** Who answers a call that has no route; null for nobody but the console. */
    @Nullable Endpoint stranger(Call call) {
        for (Stranger stranger : strangers) {
            if (stranger.calls.test(call)) return stranger.endpoint;
        }
        return null;
    }

    /** @throws Problem if nothing answers this */
    Found find(String method, String path) {
        String[] parts = path.split("/", -1);
        TreeSet<String> otherMethods = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> pathParts = match(route.pattern, parts);
            if (pathParts == null) continue;
            if (route.method.equals(method)) return new Found(route.endpoint, route.guarded, pathParts);
            otherMethods.add(route.method);
        }
        if (otherMethods.isEmpty()) {
            throw Problem.notFound("There is nothing at this path.", "The page is at /, its data under /api/.");
        }
        String allowed = String.join(", ", otherMethods);
        throw new Problem(405, "This path does not take " + method + ".", "Use " + allowed, Map.of("Allow", allowed));
    }

    private static @Nullable Map<String, String> match(List<String> pattern, String[] parts) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            if (i >= parts.length) return null;
            String expected = pattern.get(i);
            if (expected.endsWith("...}")) {
                named.put(expected.substring(1, expected.length() - 4), rest(parts, i));
                return named;
            }
            if (expected.startsWith("{")) {
                named.put(expected.substring(1, expected.length() - 1), parts[i]);
            } else if (!expected.equals(parts[i])) {
                return null;
            }
        }
        return parts.length == pattern.size() ? named : null;
    }

    private static String rest(String[] parts, int from) {
        return String.join("/", List.of(parts).subList(from, parts.length));
    }
}
