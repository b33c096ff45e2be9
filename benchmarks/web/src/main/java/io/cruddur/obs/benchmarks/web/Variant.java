package io.cruddur.obs.benchmarks.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A way to run the application.
 *
 * @param label how the tables call it
 * @param classPath the profile whose class path it has
 * @param arguments properties, as on a command line; ports of sinks are written as names in braces
 * @param environment variables beside those of a clean shell
 */
record Variant(String label, String classPath, List<String> arguments, Map<String, String> environment) {
    static final String UNTRACED = "untraced";

    private static final String UDP_PORT = "{udp}";
    private static final String HTTP_PORT = "{http}";

    /** Each records all requests unless its label says otherwise. */
    static List<Variant> all() {
        String collector = "http://127.0.0.1:" + HTTP_PORT;
        Map<String, String> daemon = Map.of("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:" + UDP_PORT);
        String noLogs = "--cruddur.obs.logs.enabled=false";
        String noAccess = "--cruddur.obs.logs.access=false";
        String aws = "--cruddur.obs.mode=aws";
        String noErrors = "--cruddur.obs.errors.enabled=false";
        return List.of(
                new Variant(UNTRACED, "plain", List.of(), Map.of()),
                new Variant(
                        "Cruddur Obs",
                        "cruddur",
                        List.of(aws, noLogs, noAccess, noErrors, "--cruddur.obs.trace.sampler=always"),
                        daemon),
                new Variant(
                        "Cruddur Obs, 5 % recorded",
                        "cruddur", List.of(aws, noLogs, noAccess, noErrors, "--cruddur.obs.trace.rate=0.05"), daemon),
                new Variant(
                        "Cruddur Obs, access log shipped",
                        "cruddur",
                        List.of(
                                aws,
                                noErrors,
                                "--cruddur.obs.trace.sampler=always",
                                "--logging.threshold.console=off",
                                "--cruddur.obs.logs.endpoint=" + collector),
                        daemon),
                new Variant("X-Ray SDK's filter", "xray", List.of("--benchmark.xray-sdk=true"), daemon),
                new Variant(
                        "Micrometer and OpenTelemetry's starter",
                        "otel",
                        List.of(
                                "--management.tracing.sampling.probability=1.0",
                                "--management.otlp.metrics.export.enabled=false",
                                "--management.opentelemetry.tracing.export.otlp.endpoint=" + collector + "/v1/traces"),
                        Map.of()),
                new Variant(
                        "OpenTelemetry's javaagent",
                        "javaagent",
                        List.of(),
                        Map.of(
                                "OTEL_SERVICE_NAME", "benchmark",
                                "OTEL_EXPORTER_OTLP_ENDPOINT", collector,
                                "OTEL_METRICS_EXPORTER", "none",
                                "OTEL_LOGS_EXPORTER", "none")));
    }

    /** With the ports of its own sinks for those that it names. */
    Variant sendingTo(Sinks sinks) throws IOException {
        String udp = String.valueOf(sinks.udpPort());
        String http = String.valueOf(sinks.httpPort());
        UnaryOperator<String> real = text -> text.replace(UDP_PORT, udp).replace(HTTP_PORT, http);
        return new Variant(
                label,
                classPath,
                arguments.stream().map(real).toList(),
                environment.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> real.apply(entry.getValue()))));
    }

    boolean isAgent() {
        return classPath.equals("javaagent");
    }
}
