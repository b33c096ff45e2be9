package io.cruddur.obs.spring;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * What the mode {@code auto} comes to. AWS credentials alone do not keep a laptop from local mode: many have them
 * exported, and nothing must be shipped from there by accident.
 */
public final class ActiveMode {
    private static final Profiles PRODUCTION = Profiles.of("prod", "production");
    private static final String CONSOLE = "io.cruddur.obs.console.Console";

    private ActiveMode() {}

    /** One of local, aws and off. */
    public static Mode of(Environment environment, @Nullable ClassLoader classLoader) {
        if (!isEnabled(environment)) {
            return Mode.OFF;
        }
        Mode asked = asked(environment);
        if (asked != Mode.AUTO) {
            return asked;
        }
        boolean destination = Stream.of(
                        Setting.DAEMON_ADDRESS, Setting.OTLP_ENDPOINT, Setting.LOGS_ENDPOINT, Setting.ACCESS_TOKEN)
                .anyMatch(setting -> setting.isSet(environment));
        boolean console = ClassUtils.isPresent(CONSOLE, classLoader);
        if (console && !destination && !environment.acceptsProfiles(PRODUCTION)) {
            return Mode.LOCAL;
        }
        return destination || Setting.EXPORTER.isSet(environment) || hasCredentials(environment) ? Mode.AWS : Mode.OFF;
    }

    /** As Spring reads it; a value that it cannot read is reported where the properties are bound. */
    private static boolean isEnabled(Environment environment) {
        try {
            return environment.getProperty("cruddur.obs.enabled", Boolean.class, true);
        } catch (ConversionException e) {
            return true;
        }
    }

    /** What the property says; the binder reports a value that is none of them, with those that are. */
    private static Mode asked(Environment environment) {
        String text =
                environment.getProperty("cruddur.obs.mode", "auto").strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(text))
                .findFirst()
                .orElse(Mode.AUTO);
    }

    /** Whether the SDK finds some without asking anybody. */
    static boolean hasCredentials(Environment environment) {
        return Stream.of(
                        "AWS_ACCESS_KEY_ID",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        "AWS_PROFILE")
                .map(environment::getProperty)
                .anyMatch(StringUtils::hasText);
    }
}
