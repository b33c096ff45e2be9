package io.cruddur.obs.benchmarks.report;

import java.util.Map;

/** What the reader is told instead of a method's name. */
final class Labels {
    /** The one that the others are compared with. */
    static final String OURS = "cruddurObs";

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry(OURS, "Cruddur Obs"),
            Map.entry("cruddurObsLambdas", "Cruddur Obs, lambdas"),
            Map.entry("xraySdk", "X-Ray SDK"),
            Map.entry("xraySdkUdp", "X-Ray SDK, UDP"),
            Map.entry("xraySdkNotEmitted", "X-Ray SDK, not emitted"),
            Map.entry("openTelemetry", "OpenTelemetry SDK"),
            Map.entry("openTelemetryOtlp", "OpenTelemetry SDK, batches over OTLP"),
            Map.entry("openTelemetryNotExported", "OpenTelemetry SDK, not exported"),
            Map.entry("rollbarJava", "rollbar-java"),
            Map.entry("sentry", "Sentry SDK"),
            Map.entry("brave", "Brave, not exported"),
            Map.entry("micrometerObservation", "Micrometer Observation on OpenTelemetry, not exported"),
            Map.entry("cruddurObsFromTheRequest", "Cruddur Obs, from the request on"),
            Map.entry("xraySdkUdpFromTheRequest", "X-Ray SDK, UDP, from the request on"),
            Map.entry("requestBridged", "A request, bridged"),
            Map.entry("requestBySdkNotEmitted", "A request, by the SDK, not emitted"),
            Map.entry("requestBySdkUdp", "A request, by the SDK, UDP"),
            Map.entry("unsampledBridged", "A request that is not sampled, bridged"),
            Map.entry("unsampledBySdk", "A request that is not sampled, by the SDK"),
            Map.entry("subsegmentsBridged", "Nine subsegments, bridged"),
            Map.entry("subsegmentsBySdkNotEmitted", "Nine subsegments, by the SDK, not emitted"),
            Map.entry("datagramAlone", "The datagram alone"),
            Map.entry("baseLine", "Base line, rendered and dropped"),
            Map.entry("cruddurObsInATrace", "Cruddur Obs, in a trace"),
            Map.entry("logbackAsyncAppender", "Logback AsyncAppender, to nowhere"),
            Map.entry("cruddurObsWriteAhead", "Cruddur Obs, each event on disk first"),
            Map.entry("logbackAwslogs", "logback-awslogs-appender, plain lines"),
            Map.entry("traced", "P1m: Cruddur Obs, recorded"),
            Map.entry("unsampled", "P2m: Cruddur Obs, not sampled"),
            Map.entry("readXray", "Read `X-Amzn-Trace-Id`"),
            Map.entry("readW3c", "Read `traceparent` and `tracestate`"),
            Map.entry("readB3", "Read `b3`"),
            Map.entry("readB3Multi", "Read `X-B3-*`"),
            Map.entry("readBaggage", "Read `baggage` of two entries, and begin a trace"),
            Map.entry("write", "Write `X-Amzn-Trace-Id` and `traceparent`"),
            Map.entry("parseXAmznTraceId", "Parse `X-Amzn-Trace-Id`"),
            Map.entry("parseTraceparent", "Parse `traceparent`"),
            Map.entry("decideAtFixedRate", "Sampling decision, fixed rate"),
            Map.entry("decideByTheTenthRule", "Sampling decision, the tenth of ten local rules"),
            Map.entry("plainLine", "91 characters of prose"),
            Map.entry("requestLine", "A request with its trace id"),
            Map.entry("urlLine", "An address with a query"),
            Map.entry("namesLine", "Eight names with values and long numbers"),
            Map.entry("currentTraceContext", "`obs.currentTraceContext()`"));

    private Labels() {}

    static String of(Result result) {
        return LABELS.getOrDefault(result.peer(), result.peer());
    }

    static boolean isOurs(Result result) {
        return result.peer().startsWith(OURS);
    }
}
