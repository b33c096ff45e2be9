package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.http.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How grave a line is, in the order of gravity. */
enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** Other logging systems' names included; INFO for what is not known. */
    static Level of(@Nullable String name) {
        Level known = known(name);
        return known == null ? INFO : known;
    }

    /** @throws Problem if it is no level */
    static Level parse(String name) {
        Level known = known(name);
        if (known != null) return known;
        throw Problem.badRequest("There is no such level.", "Use level=TRACE, DEBUG, INFO, WARN or ERROR.");
    }

    private static @Nullable Level known(@Nullable String name) {
        if (name == null) return null;
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TRACE", "FINEST", "FINER" -> TRACE;
            case "DEBUG", "FINE" -> DEBUG;
            case "INFO", "NOTICE", "CONFIG" -> INFO;
            case "WARN", "WARNING" -> WARN;
            case "ERROR", "SEVERE", "CRITICAL", "FATAL" -> ERROR;
            default -> null;
        };
    }
}
