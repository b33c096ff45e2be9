package io.cruddur.obs.xray;

import io.cruddur.obs.aws.AnswerCheck;
import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.aws.ErrorWords;
import io.cruddur.obs.aws.SdkClients;
import io.cruddur.obs.aws.SdkFailures;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.PutTraceSegmentsResponse;
import software.amazon.awssdk.services.xray.model.UnprocessedTraceSegment;

/** By the AWS SDK's client, without a daemon. It neither tries again nor waits on its own: the pipeline does, and counts. */
final class ApiTransport implements SegmentTransport {
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final String PERMISSION = "Allow xray:PutTraceSegments to this role or user.";

    private static final AnswerCheck CHECK =
            new AnswerCheck("PutTraceSegments", List.of("UnprocessedTraceSegments"), false);

    private final Connection connection;
    private @Nullable XRayClient client;

    ApiTransport(Connection connection) {
        this.connection = connection;
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
        return SdkFailures.later(failure, reason);
    }

    private XRayClient client() {
        XRayClient present = client;
        if (present == null) {
            client = present = SdkClients.build(XRayClient.builder(), connection, CHECK);
        }
        return present;
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
