package io.cruddur.obs.console.internal.http;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request, as far as the features need to know it. */
public final class Call {

    private final Request request;
    private final Access access;
    private final Map<String, String> pathParts;
    private @Nullable Fields query;

    Call(Request request, Access access, Map<String, String> pathParts) {
        this.request = request;
        this.access = access;
        this.pathParts = pathParts;
    }

    /** The part of the path that the route names so. */
    public String path(String name) {
        String part = pathParts.get(name);
        if (part == null) throw new IllegalArgumentException("The route has no part " + name);
        return part;
    }

    /** The first header of that name, or null. */
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    /** The query parameter, or null if it is missing or empty. */
    public @Nullable String query(String name) {
        if (query == null) query = Request.extractQueryParameters(request);
        String value = query.getValue(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A whole number from 1 to {@code max} from the query, or the default if there is none. */
    public int query(String name, int byDefault, int max) {
        String value = query(name);
        if (value == null) return byDefault;
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) return number;
        } catch (NumberFormatException notANumber) {
            // Told below, with the range.
        }
        throw Problem.badRequest(
                "The parameter " + name + " is not a number from 1 to " + max + ".", "For example: " + name + "=50");
    }

    /** Whether it may read: it carries the token, as a bearer or in the cookie. */
    public boolean mayRead() {
        return access.allows(request);
    }

    /** The body, inflated if it is gzip. */
    public byte[] body(int maxBytes) {
        return Bodies.read(
                Content.Source.asInputStream(request), request.getLength(), header("Content-Encoding"), maxBytes);
    }
}
