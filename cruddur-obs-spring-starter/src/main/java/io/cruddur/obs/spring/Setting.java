package io.cruddur.obs.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * A setting that has several names: the property, which wins, and what a team may have set already for the X-Ray SDK,
 * the AWS SDK, Rollbar or Spring. A blank value counts as none.
 */
enum Setting {
    SERVICE("cruddur.obs.service", "AWS_XRAY_TRACING_NAME", "OTEL_SERVICE_NAME", "spring.application.name"),
    ENVIRONMENT("cruddur.obs.environment", "ROLLBAR_ENVIRONMENT"),
    DAEMON_ADDRESS("cruddur.obs.trace.daemon-address", "AWS_XRAY_DAEMON_ADDRESS"),
    EXPORTER("cruddur.obs.trace.exporter", "CRUDDUR_OBS_TRACE_EXPORTER"),
    XRAY_ENDPOINT("cruddur.obs.trace.endpoint", "AWS_ENDPOINT_URL_XRAY"),
    OTLP_ENDPOINT(
            "cruddur.obs.trace.otlp.endpoint", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    NAMED_BY_HOST("cruddur.obs.trace.named-by-host", "AWS_XRAY_URL"),
    PROPAGATORS("OTEL_PROPAGATORS"),
    REGION("cruddur.obs.logs.region", "AWS_REGION", "AWS_DEFAULT_REGION"),
    LOGS_ENDPOINT("cruddur.obs.logs.endpoint", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"),
    ACCESS_TOKEN("cruddur.obs.errors.access-token", "ROLLBAR_ACCESS_TOKEN"),
    ERRORS_ENDPOINT("cruddur.obs.errors.endpoint", "ROLLBAR_ENDPOINT"),
    CODE_VERSION("cruddur.obs.errors.code-version", "ROLLBAR_CODE_VERSION");

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> names;

    Setting(String... names) {
        this.names = List.of(names);
    }

    /** A value and the name that it was found under, so that a message can say which one to mend. */
    record Found(String name, String value) {}

    @Nullable Found find(Environment environment) {
        for (String name : names) {
            String value = environment.getProperty(name);
            if (value != null && !value.isBlank()) {
                return new Found(name, value.strip());
            }
        }
        return null;
    }

    @Nullable String value(Environment environment) {
        Found found = find(environment);
        return found == null ? null : found.value();
    }

    boolean isSet(Environment environment) {
        return find(environment) != null;
    }
}
