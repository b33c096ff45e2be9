package io.cruddur.obs.spring;

import io.cruddur.obs.otlp.OtlpEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;

/** OpenTelemetry's variables about where traces go, from wherever Spring finds them. */
final class OtelVariables {
    private static final List<String> NAMES = List.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            "OTEL_EXPORTER_OTLP_COMPRESSION",
            "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
            "OTEL_RESOURCE_ATTRIBUTES");

    private OtelVariables() {}

    static OtlpEnvironment read(Environment environment) {
        Map<String, String> variables = new HashMap<>();
        for (String name : NAMES) {
            String value = environment.getProperty(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return OtlpEnvironment.of(variables);
    }
}
