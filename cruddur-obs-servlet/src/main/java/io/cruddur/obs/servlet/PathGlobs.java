package io.cruddur.obs.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths that an adapter leaves out. Immutable. */
public final class PathGlobs {
    /** Stands in a list for {@link #DEFAULTS}. */
    private static final String DEFAULTS_WORD = "defaults";

    /** What is asked by machines every few seconds, and files. */
    static final List<String> DEFAULTS = List.of(
            "/actuator/**",
            "/health/**",
            "/healthz",
            "/livez",
            "/readyz",
            "/webjars/**",
            "/**.css",
            "/**.gif",
            "/**.ico",
            "/**.jpeg",
            "/**.jpg",
            "/**.js",
            "/**.map",
            "/**.png",
            "/**.svg",
            "/**.ttf",
            "/**.webp",
            "/**.woff",
            "/**.woff2");

    static final PathGlobs NONE = of(List.of());

    private final Glob[] globs;

    private PathGlobs(Glob[] globs) {
        this.globs = globs;
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException naming the one that does not begin with a slash
     */
    public static PathGlobs of(List<String> texts) {
        var globs = new ArrayList<Glob>();
        for (String text : texts) {
            String glob = text.strip();
            if (glob.equals(DEFAULTS_WORD)) {
                DEFAULTS.forEach(each -> globs.add(Glob.of(each)));
            } else if (!glob.isEmpty()) {
                globs.add(Glob.of(glob));
            }
        }
        return new PathGlobs(globs.toArray(new Glob[0]));
    }

    /** Whether the path is one of them, as the container decoded it: {@code /%68ealth} is {@code /health}. */
    boolean match(HttpServletRequest request) {
        return globs.length > 0 && match(path(request.getServletPath(), request.getPathInfo()));
    }

    /** The same of a path within the application that is decoded already. */
    public boolean match(String path) {
        for (Glob glob : globs) {
            if (glob.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static String path(String servletPath, @Nullable String pathInfo) {
        if (pathInfo == null) {
            return servletPath;
        }
        return servletPath.isEmpty() ? pathInfo : servletPath + pathInfo;
    }
}
