package io.cruddur.obs.servlet;

/**
 * A pattern of paths: {@code *} stands for anything but a slash, {@code **} for anything; {@code /a/**} is also {@code /a}
 * itself, and a {@code **} between slashes also stands for no directory at all. Matching allocates nothing, and no path makes
 * it go back over more than its last stars. Immutable.
 */
final class Glob {
    /** What most patterns are, and cheaper than going through all characters. */
    private enum Form {
        EXACT,
        TREE,
        SUFFIX,
        ANY
    }

    private final Form form;
    /** Without what the form says already. */
    private final String text;

    private Glob(Form form, String text) {
        this.form = form;
        this.text = text;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    static Glob of(String glob) {
        if (!glob.startsWith("/")) {
            throw new IllegalArgumentException(
                    "The excluded path '" + glob
                            + "' does not begin with a slash. Valid are /health, /static/* and /static/**, and the word defaults.");
        }
        int star = glob.indexOf('*');
        if (star < 0) {
            return new Glob(Form.EXACT, glob);
        }
        if (star == glob.length() - 2 && glob.endsWith("/**")) {
            return new Glob(Form.TREE, glob.substring(0, star));
        }
        if (glob.startsWith("/**") && glob.indexOf('*', 3) < 0 && glob.length() > 3 && glob.charAt(3) != '/') {
            return new Glob(Form.SUFFIX, glob.substring(3));
        }
        return new Glob(Form.ANY, glob);
    }

    boolean matches(String path) {
        return switch (form) {
            case EXACT -> path.equals(text);
            case TREE -> path.startsWith(text) || isDirectoryItself(path);
            case SUFFIX -> path.startsWith("/") && path.length() > text.length() && path.endsWith(text);
            case ANY -> matchesAny(path);
        };
    }

    /** {@code /a} of {@code /a/}. */
    private boolean isDirectoryItself(String path) {
        return path.length() == text.length() - 1 && text.startsWith(path);
    }

    /**
     * Goes back to the last star only: as few characters as will do for a star leave most for those after it, and one that
     * may not hold a slash can gain nothing from those before it.
     */
    private boolean matchesAny(String path) {
        int at = 0;
        int glob = 0;
        int afterStar = -1;
        int starAt = 0;
        int afterStars = -1;
        int starsAt = 0;
        while (at < path.length() || glob < text.length()) {
            if (isStars(glob)) {
                // A slash before them belongs to them: it may be missing at the end, and so may one behind.
                glob += 2;
                if (isSlash(glob) && isSlash(glob - 3)) {
                    glob++;
                }
                afterStars = glob;
                starsAt = at;
                afterStar = -1;
            } else if (glob < text.length() && text.charAt(glob) == '*') {
                glob++;
                afterStar = glob;
                starAt = at;
            } else if (glob < text.length() && at < path.length() && text.charAt(glob) == path.charAt(at)) {
                glob++;
                at++;
            } else if (at == path.length() && isOptionalTree(glob)) {
                return true;
            } else if (afterStar >= 0 && starAt < path.length() && path.charAt(starAt) != '/') {
                starAt++;
                at = starAt;
                glob = afterStar;
            } else if (afterStars >= 0 && starsAt < path.length()) {
                starsAt = next(path, starsAt, afterStars);
                if (starsAt == 0) {
                    return false;
                }
                at = starsAt;
                glob = afterStars;
                afterStar = -1;
            } else {
                return false;
            }
        }
        return true;
    }

    /** The next place for what follows the stars: anywhere, or after a slash where they stand for directories; 0 for none. */
    private int next(String path, int from, int afterStars) {
        if (!isSlash(afterStars - 1)) {
            return from + 1;
        }
        return path.indexOf('/', from) + 1;
    }

    private boolean isStars(int index) {
        return text.startsWith("**", index);
    }

    private boolean isSlash(int index) {
        return index >= 0 && index < text.length() && text.charAt(index) == '/';
    }

    private boolean isOptionalTree(int index) {
        return index == text.length() - 3 && text.startsWith("/**", index);
    }
}
