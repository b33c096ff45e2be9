package io.cruddur.obs.contract;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.test.OwnLines;
import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class CloudWatchContractTest extends AnsweredSinkContract {
    private static final String NAME = "contract";

    private @Nullable LogsReceiver receiver;
    private @Nullable OwnLines lines;

    @Override
    protected String sink() {
        return "cloudwatch";
    }

    @Override
    protected URI startStandIn() throws IOException {
        lines = new OwnLines(NAME);
        receiver = new LogsReceiver();
        return receiver.endpoint();
    }

    @Override
    protected void stopStandIn() {
        if (lines != null) {
            lines.close();
        }
        try {
            if (receiver != null) {
                receiver.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected List<Arrival> arrivals() {
        return receiver == null
                ? List.of()
                : receiver.events().stream()
                        .map(event -> JsonMapper.shared().readTree(event.message()))
                        .map(event -> new Arrival(
                                event.path("eventId").asString(),
                                event.path("message").asString()))
                        .toList();
    }

    @Override
    protected ObsBuilder sendingTo(int port) {
        return Obs.builder()
                .logGroup("contract")
                .region("eu-central-1")
                .cloudWatchEndpoint(URI.create("http://127.0.0.1:" + port))
                .anonymousAws(true);
    }

    @Override
    protected void record(Obs obs, String text) {
        LoggerFactory.getLogger(NAME).info(text);
    }

    @Override
    protected List<Fault.Answers> later() {
        return List.of(
                error(400, "ThrottlingException"),
                error(503, "ServiceUnavailableException"),
                new Fault.Answers(429, Map.of("Retry-After", "1"), ""));
    }

    @Override
    protected List<Fault.Answers> notYou() {
        return List.of(
                error(400, "UnrecognizedClientException"),
                error(400, "ExpiredTokenException"),
                error(400, "AccessDeniedException"),
                error(403, "InvalidSignatureException"));
    }

    @Override
    protected Map.Entry<Fault.Answers, String> never() {
        return Map.entry(error(400, "InvalidParameterException"), "InvalidParameterException");
    }

    private static Fault.Answers error(int status, String code) {
        return new Fault.Answers(
                status,
                Map.of("Content-Type", "application/x-amz-json-1.1"),
                "{\"__type\":\"" + code + "\",\"message\":\"because\"}");
    }
}
