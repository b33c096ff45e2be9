package io.cruddur.obs.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths that are left out. Immutable. */
final class PathGlobs {
    private final List<Pattern> patterns;

    private PathGlobs(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    static PathGlobs of(List<String> globs) {
        return new PathGlobs(globs.stream().map(PathGlobs::pattern).toList());
    }

    /** {@code *} stands for anything but a slash, {@code **} for anything; {@code /a/**} is also {@code /a} itself. */
    private static Pattern pattern(String glob) {
        if (!glob.startsWith("/")) {
            throw new IllegalArgumentException("The excluded path '" + glob
                    + "' does not begin with a slash. Valid are /health, /static/* and /static/**.");
        }
        boolean withItself = glob.endsWith("/**");
        String rest = withItself ? glob.substring(0, glob.length() - 3) : glob;
        var regex = new StringBuilder();
        int from = 0;
        while (from < rest.length()) {
            int star = rest.indexOf('*', from);
            int to = star < 0 ? rest.length() : star;
            regex.append(Pattern.quote(rest.substring(from, to)));
            from = to;
            if (rest.startsWith("**", from)) {
                regex.append(".*");
                from += 2;
            } else if (star >= 0) {
                regex.append("[^/]*");
                from++;
            }
        }
        return Pattern.compile(withItself ? regex.append("(/.*)?").toString() : regex.toString(), Pattern.DOTALL);
    }

    /** Whether the path is one of them, as the container decoded it: {@code /%68ealth} is {@code /health}. */
    boolean match(HttpServletRequest request) {
        return !patterns.isEmpty() && match(path(request.getServletPath(), request.getPathInfo()));
    }

    boolean match(String path) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String path(String servletPath, @Nullable String pathInfo) {
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }
}
