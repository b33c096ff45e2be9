package io.cruddur.obs.contract;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.test.RollbarReceiver;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class RollbarContractTest extends AnsweredSinkContract {
    private @Nullable RollbarReceiver receiver;

    @Override
    protected String sink() {
        return "rollbar";
    }

    @Override
    protected URI startStandIn() throws IOException {
        receiver = new RollbarReceiver();
        return receiver.endpoint();
    }

    @Override
    protected void stopStandIn() {
        if (receiver != null) {
            receiver.close();
        }
    }

    @Override
    protected List<Arrival> arrivals() {
        return receiver == null
                ? List.of()
                : receiver.items().stream()
                        .map(item -> new Arrival(
                                item.path("uuid").asString(),
                                item.at("/body/message/body").asString()))
                        .toList();
    }

    @Override
    protected ObsBuilder sendingTo(int port) {
        return Obs.builder()
                .rollbarToken("test")
                // Each of them is to arrive: they are alike but for a number.
                .errors(errors -> errors.maxPerMinute(10_000))
                .rollbarEndpoint(URI.create("http://127.0.0.1:" + port + "/api/1/item/"));
    }

    @Override
    protected void record(Obs obs, String text) {
        obs.error(text).report();
    }

    @Override
    protected List<Fault.Answers> later() {
        return List.of(
                new Fault.Answers(429, Map.of(), "{\"err\": 1, \"message\": \"over your limit\"}"),
                new Fault.Answers(429, Map.of("Retry-After", "1"), ""),
                new Fault.Answers(429, Map.of("x-rate-limit-remaining-seconds", "1"), ""),
                new Fault.Answers(200, Map.of(), "{\"err\": 1}"));
    }

    @Override
    protected List<Fault.Answers> notYou() {
        return List.of(
                new Fault.Answers(401, Map.of(), "{\"err\": 1, \"message\": \"invalid access token\"}"),
                new Fault.Answers(403, Map.of(), ""));
    }

    @Override
    protected Map.Entry<Fault.Answers, String> never() {
        return Map.entry(new Fault.Answers(422, Map.of(), "{\"err\": 1}"), "http_422");
    }
}
