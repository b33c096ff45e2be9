package io.cruddur.obs.spring.console;

import io.cruddur.obs.spring.CloudWatchLogsConnectionDetails;
import io.cruddur.obs.spring.RollbarConnectionDetails;
import io.cruddur.obs.spring.XrayConnectionDetails;
import java.net.URI;

/** The three destinations when the console stands in for the services. */
final class ConsoleConnectionDetails {
    private ConsoleConnectionDetails() {}

    private static URI url(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    record Xray(int port) implements XrayConnectionDetails {
        @Override
        public String getDaemonAddress() {
            return "127.0.0.1:" + port;
        }
    }

    record CloudWatchLogs(int port) implements CloudWatchLogsConnectionDetails {
        @Override
        public String getRegion() {
            return "us-east-1";
        }

        @Override
        public URI getEndpoint() {
            return url(port, "");
        }

        @Override
        public boolean isAnonymous() {
            return true;
        }
    }

    record Rollbar(int port) implements RollbarConnectionDetails {
        /** The console takes any. */
        @Override
        public String getAccessToken() {
            return "local";
        }

        @Override
        public URI getEndpoint() {
            return url(port, "/api/1/item/");
        }
    }
}
