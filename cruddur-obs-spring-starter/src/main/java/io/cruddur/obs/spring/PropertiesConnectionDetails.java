package io.cruddur.obs.spring;

import io.cruddur.obs.otlp.OtlpEnvironment;
import io.cruddur.obs.xray.DaemonAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The destinations as properties and variables say; read and checked when the application starts. */
final class PropertiesConnectionDetails {
    private static final String HEADERS = "cruddur.obs.trace.otlp.headers";

    private PropertiesConnectionDetails() {}

    record Xray(@Nullable String getDaemonAddress, @Nullable URI getEndpoint) implements XrayConnectionDetails {
        static Xray of(Environment environment) {
            Setting.Found found = Setting.DAEMON_ADDRESS.find(environment);
            String form = "host:port, such as 127.0.0.1:2000, or to tcp:host:port udp:host:port";
            String address = found == null
                    ? null
                    : Checked.value(found.name(), form, () -> DaemonAddress.parse(found.value()))
                            .toString();
            return new Xray(
                    address,
                    Checked.url(Setting.XRAY_ENDPOINT.find(environment), "https://xray.eu-central-1.amazonaws.com"));
        }
    }

    record Otlp(@Nullable URI getEndpoint, Map<String, String> getHeaders) implements OtlpConnectionDetails {
        static Otlp of(Environment environment, ObsProperties.Otlp properties) {
            OtlpEnvironment variables = OtelVariables.read(environment);
            Setting.Found found = Setting.OTLP_ENDPOINT.find(environment);
            // What cannot be read of OpenTelemetry's variables is as if it were not set, as its specification says.
            boolean isOurs = found != null && found.name().startsWith("cruddur.");
            // Names of headers are one whatever their case.
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(variables.headers());
            properties.headers().forEach((name, value) -> headers.put(name, Checked.header(HEADERS, name, value)));
            return new Otlp(
                    isOurs ? Checked.url(found, "http://collector:4318/v1/traces") : variables.endpoint(), headers);
        }

        @Override
        public String toString() {
            return "Otlp[headers=" + getHeaders.keySet() + "]";
        }
    }

    record CloudWatchLogs(
            @Nullable String getRegion, @Nullable URI getEndpoint) implements CloudWatchLogsConnectionDetails {
        static CloudWatchLogs of(Environment environment) {
            return new CloudWatchLogs(
                    Setting.REGION.value(environment),
                    Checked.url(Setting.LOGS_ENDPOINT.find(environment), "https://logs.eu-central-1.amazonaws.com"));
        }
    }

    record Rollbar(
            @Nullable String getAccessToken, @Nullable URI getEndpoint) implements RollbarConnectionDetails {
        static Rollbar of(Environment environment) {
            return new Rollbar(
                    Setting.ACCESS_TOKEN.value(environment),
                    Checked.url(Setting.ERRORS_ENDPOINT.find(environment), "https://api.rollbar.com/api/1/item/"));
        }

        @Override
        public String toString() {
            return "Rollbar[endpoint=" + getEndpoint + "]";
        }
    }
}
