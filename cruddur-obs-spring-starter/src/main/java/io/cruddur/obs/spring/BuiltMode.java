package io.cruddur.obs.spring;

import io.cruddur.obs.Obs;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mode that the beans of this context are for. It is the active one, but where they were settled ahead of time, by a build
 * in another environment.
 *
 * @param mode one of local, aws and off
 */
record BuiltMode(Mode mode) {
    private static final Logger LOG = LoggerFactory.getLogger(Obs.class);

    /** The mode to run in. To be off is always possible; for any other, the build has left beans out. */
    Mode run(Mode active) {
        if (active == mode || active == Mode.OFF) {
            return active;
        }
        LOG.error(
                "Cruddur Obs was built ahead of time for mode {}, and mode {} is asked for here. Set cruddur.obs.mode={} where "
                        + "the build processes the application, or build it in an environment like this one.",
                text(mode),
                text(active),
                text(active));
        return mode;
    }

    private static String text(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
