package io.cruddur.obs.xray;

import io.cruddur.obs.aws.ErrorWords;
import io.cruddur.obs.aws.SdkFailures;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.XRayClientBuilder;
import software.amazon.awssdk.services.xray.model.PutTraceSegmentsResponse;
import software.amazon.awssdk.services.xray.model.UnprocessedTraceSegment;

/** By the AWS SDK's client, without a daemon. It neither tries again nor waits on its own: the pipeline does, and counts. */
final class ApiTransport implements SegmentTransport {
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final String PERMISSION = "Allow xray:PutTraceSegments to this role or user.";

    private final @Nullable String region;
    private final @Nullable URI endpoint;
    private final Duration attemptTimeout;
    private @Nullable XRayClient client;

    ApiTransport(@Nullable String region, @Nullable URI endpoint, Duration attemptTimeout) {
        this.region = region;
        this.endpoint = endpoint;
        this.attemptTimeout = attemptTimeout;
    }

    @Override
    public Outcome put(List<EncodedRecord> documents) {
        List<String> texts = documents.stream()
                .map(document -> new String(document.bytes(), StandardCharsets.UTF_8))
                .toList();
        try {
            return outcome(client().putTraceSegments(request -> request.traceSegmentDocuments(texts)));
        } catch (AwsServiceException e) {
            return new Failed(ofService(e));
        } catch (RuntimeException e) {
            return new Failed(SdkFailures.ofClient(e));
        }
    }

    private static Outcome outcome(PutTraceSegmentsResponse response) {
        if (!response.hasUnprocessedTraceSegments()) {
            // The SDK takes any JSON for an answer; the service's has the list, also when it is empty.
            return new Failed(Answer.retry("an answer that is not X-Ray's"));
        }
        Map<String, String> unprocessed = new HashMap<>();
        for (UnprocessedTraceSegment one : response.unprocessedTraceSegments()) {
            String id = one.id();
            unprocessed.put(id == null ? "#" + unprocessed.size() : id, one.errorCode() == null ? "" : one.errorCode());
        }
        return new Answered(unprocessed);
    }

    private static Answer ofService(AwsServiceException failure) {
        int status = failure.statusCode();
        AwsErrorDetails details = failure.awsErrorDetails();
        String word = details == null || details.errorCode() == null ? "" : details.errorCode();
        String reason = ErrorWords.orElse(word, "http_" + status);
        if (ErrorWords.isAboutCredentials(word) || SdkFailures.isAboutCredentials(status)) {
            String advice = word.startsWith("AccessDenied") ? PERMISSION : SdkFailures.OTHER_CREDENTIALS;
            return new Answer.Unauthorized(reason, advice);
        }
        if (status == PAYLOAD_TOO_LARGE || (status < 500 && ErrorWords.isAboutTheCall(word))) {
            return new Answer.Refused(reason);
        }
        return new Answer.Retry(reason, SdkFailures.retryAfter(failure));
    }

    private XRayClient client() {
        XRayClient present = client;
        if (present == null) {
            client = present = build();
        }
        return present;
    }

    private XRayClient build() {
        XRayClientBuilder builder = XRayClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(attemptTimeout))
                .overrideConfiguration(configuration -> configuration
                        .apiCallTimeout(attemptTimeout.multipliedBy(2))
                        .apiCallAttemptTimeout(attemptTimeout)
                        .retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    @Override
    public void close() {
        XRayClient present = client;
        client = null;
        if (present != null) {
            present.close();
        }
    }
}
