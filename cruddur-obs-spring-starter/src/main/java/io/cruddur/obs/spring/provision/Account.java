package io.cruddur.obs.spring.provision;

import io.cruddur.obs.aws.AnswerCheck;
import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.aws.SdkClients;
import io.cruddur.obs.spring.CloudWatchLogsConnectionDetails;
import io.cruddur.obs.spring.XrayConnectionDetails;
import io.cruddur.obs.xray.DaemonAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.xray.XRayClient;

/**
 * How the account is reached.
 *
 * @param xray the API of X-Ray, which in local mode the console's port is
 * @param logs CloudWatch Logs; null where logs go nowhere
 */
record Account(Connection xray, @Nullable Connection logs) {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final AnswerCheck BOUNDED = new AnswerCheck("", List.of(), true);

    static Account of(@Nullable XrayConnectionDetails xray, @Nullable CloudWatchLogsConnectionDetails logs) {
        String region = logs == null ? null : logs.getRegion();
        boolean anonymous = logs != null && logs.isAnonymous();
        URI endpoint = xray == null ? null : xray.getEndpoint();
        if (endpoint == null && anonymous && xray != null && xray.getDaemonAddress() != null) {
            DaemonAddress console = DaemonAddress.parse(xray.getDaemonAddress());
            endpoint = URI.create("http://" + console.tcpHost() + ":" + console.tcpPort());
        }
        URI logsEndpoint = logs == null ? null : logs.getEndpoint();
        boolean hasLogs = region != null || logsEndpoint != null;
        return new Account(
                new Connection(region, endpoint, anonymous, ATTEMPT),
                hasLogs ? new Connection(region, logsEndpoint, anonymous, ATTEMPT) : null);
    }

    XRayClient xrayClient() {
        return SdkClients.build(XRayClient.builder(), xray, BOUNDED);
    }

    static CloudWatchLogsClient logsClient(Connection logs) {
        return SdkClients.build(CloudWatchLogsClient.builder(), logs, BOUNDED);
    }
}
