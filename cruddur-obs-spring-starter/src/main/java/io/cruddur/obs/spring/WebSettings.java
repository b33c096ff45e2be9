package io.cruddur.obs.spring;

import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.servlet.AccessLogOptions;
import io.cruddur.obs.servlet.PathGlobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** What servlets and WebFlux read of the properties alike; what cannot be read ends the start with the valid form. */
public final class WebSettings {
    private WebSettings() {}

    /** Whose trace ids are gone on with. */
    public static TrustedPeers trustedPeers(ObsProperties.Trace trace) {
        return Checked.value(
                "cruddur.obs.trace.trusted-peers",
                "private, all, none, addresses or blocks such as 10.0.0.0/8",
                () -> TrustedPeers.of(trace.trustedPeers()));
    }

    /** The paths that are left out, checked. */
    public static List<String> excluded(ObsProperties.Trace trace, Environment environment) {
        List<String> globs = withActuator(trace.exclude(), environment);
        Checked.value(
                "cruddur.obs.trace.exclude",
                "paths such as /health, /static/* or /static/**, and the word defaults",
                () -> PathGlobs.of(globs));
        return globs;
    }

    /**
     * The defaults are right wherever the actuator has been put. Paths are those within the application, of which the
     * dispatcher's is a part; a context path, and that of WebFlux, are not.
     */
    private static List<String> withActuator(List<String> globs, Environment environment) {
        String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
        String dispatcher =
                StringUtils.trimTrailingCharacter(environment.getProperty("spring.mvc.servlet.path", ""), '/');
        if (!globs.contains("defaults") || base.length() < 2) {
            return globs;
        }
        var all = new ArrayList<>(globs);
        all.add(dispatcher + base + "/**");
        return all;
    }

    /** Sets up the access log. */
    public static void accessLog(AccessLogOptions log, ObsProperties.Logs properties) {
        if (!properties.access()) {
            log.off();
        }
        log.logger(properties.accessLogger());
        ObsProperties.AccessLevel level = properties.accessLevel();
        log.level(level == ObsProperties.AccessLevel.STATUS ? null : Level.valueOf(level.name()));
        Checked.value(
                "cruddur.obs.logs.access-exclude",
                "paths such as /health, /static/* or /static/**",
                () -> log.exclude(properties.accessExclude()));
        Checked.value(
                "cruddur.obs.logs.access-sample",
                "a number from 0 to 1, such as 0.1",
                () -> log.sample(properties.accessSample()));
        Duration slow = properties.accessSlow();
        if (slow != null) {
            Checked.value("cruddur.obs.logs.access-slow", "a time such as 1s or 500ms", () -> log.slow(slow));
        }
    }
}
