package io.cruddur.obs.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the template that matched a request, such as {@code /users/{id}}. */
final class Routes {
    /** By name, so that Spring need not be there; since Framework 5.3 it is a text, before it a pattern. */
    private static final String OF_SPRING = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

    private static final int MAX_CHARS = 512;

    private final Function<HttpServletRequest, @Nullable Object> told;

    Routes(Function<HttpServletRequest, @Nullable Object> told) {
        this.told = told;
    }

    /** What a framework or the application has put on the request. */
    static @Nullable Object ofAttributes(HttpServletRequest request) {
        Object said = request.getAttribute(ObsFilter.ROUTE_ATTRIBUTE);
        return said == null ? request.getAttribute(OF_SPRING) : said;
    }

    /** Null where nobody tells. */
    @Nullable String of(HttpServletRequest request) {
        try {
            Object route = told.apply(request);
            return route == null ? null : Headers.safe(route.toString(), MAX_CHARS);
        } catch (RuntimeException e) {
            // The application's own word, or a container's about a request that is over: the rest is worth more.
            return null;
        }
    }
}
