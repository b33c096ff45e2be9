package io.cruddur.obs.spring;

import io.cruddur.obs.xray.DaemonAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The three destinations as properties and variables say; read and checked when the application starts. */
final class PropertiesConnectionDetails {
    private PropertiesConnectionDetails() {}

    record Xray(@Nullable String getDaemonAddress) implements XrayConnectionDetails {
        static Xray of(Environment environment) {
            Setting.Found found = Setting.DAEMON_ADDRESS.find(environment);
            if (found == null) {
                return new Xray(null);
            }
            String form = "host:port, such as 127.0.0.1:2000, or to tcp:host:port udp:host:port";
            return new Xray(Checked.value(found.name(), form, () -> DaemonAddress.parse(found.value()))
                    .toString());
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
