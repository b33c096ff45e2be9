package io.cruddur.obs;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the environment variables that a team has set for the X-Ray SDK, the AWS SDK and Rollbar already. A value that
 * cannot be read is said once, with the valid form, and its destination is left out: a typo in an environment must not
 * keep an application from starting.
 */
final class Environment {
    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    ObsBuilder toBuilder() {
        var builder = new ObsBuilder();
        String service = first("AWS_XRAY_TRACING_NAME", "OTEL_SERVICE_NAME");
        apply(service, builder::service);
        apply(first("AWS_XRAY_DAEMON_ADDRESS"), builder::xrayDaemon);
        apply(first("ROLLBAR_ACCESS_TOKEN"), builder::rollbarToken);
        apply(first("ROLLBAR_ENDPOINT"), value -> builder.rollbarEndpoint(URI.create(value)));
        apply(first("ROLLBAR_ENVIRONMENT"), builder::environment);
        apply(first("ROLLBAR_CODE_VERSION"), builder::codeVersion);
        String region = first("AWS_REGION", "AWS_DEFAULT_REGION");
        String endpoint = first("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS");
        if (endpoint != null || (region != null && hasCredentials())) {
            apply(region, builder::region);
            apply(endpoint, value -> builder.cloudWatchEndpoint(URI.create(value)));
            apply(service == null ? "application" : service, builder::logGroup);
        }
        return builder;
    }

    private boolean hasCredentials() {
        return first(
                        "AWS_ACCESS_KEY_ID",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        "AWS_PROFILE")
                != null;
    }

    private @Nullable String first(String... names) {
        for (String name : names) {
            String value = variables.get(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static void apply(@Nullable String value, Consumer<String> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalArgumentException e) {
            LOG.error("{} Nothing is sent there until it is mended.", e.getMessage());
        }
    }
}
