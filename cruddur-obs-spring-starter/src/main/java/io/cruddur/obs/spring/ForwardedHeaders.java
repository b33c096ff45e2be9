package io.cruddur.obs.spring;

import java.util.Locale;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/** Who puts the address of {@code X-Forwarded-For} in the place of the connection's before a request is seen here. */
public enum ForwardedHeaders {
    /** Nobody. */
    NONE,

    /** The server. */
    NATIVE,

    /** Spring, by the first address of the header. */
    FRAMEWORK;

    /** What Spring Boot does here: as the property says, else by the platform. */
    public static ForwardedHeaders of(Environment environment) {
        String strategy = environment.getProperty("server.forward-headers-strategy", "");
        if (strategy.isBlank()) {
            CloudPlatform platform = CloudPlatform.getActive(environment);
            return platform != null && platform.isUsingForwardHeaders() ? NATIVE : NONE;
        }
        return switch (strategy.strip().toLowerCase(Locale.ROOT)) {
            case "none" -> NONE;
            case "framework" -> FRAMEWORK;
            default -> NATIVE;
        };
    }
}
