package io.cruddur.obs.examples.plain;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.ErrorLevel;
import io.cruddur.obs.Obs;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A trace with a span inside, a line of the log and an error, all of one trace, and what became of them. */
public final class PlainJava {
    private PlainJava() {}

    /** Where it sends to, the environment says. */
    public static void main(String[] args) {
        try (Obs obs = Obs.fromEnvironment()) {
            System.out.println(run(obs));
        }
    }

    static DeliveryReport run(Obs obs) {
        obs.trace("notifications_activities")
                .annotate("URI", "/api/activities/notifications")
                .run(() -> {
                    List<String> results = notifications(obs);
                    obs.log(PlainJava.class)
                            .atInfo()
                            .addKeyValue("count", results.size())
                            .log("served");
                    try {
                        send(results.get(0));
                    } catch (IllegalStateException problem) {
                        obs.error(problem)
                                .level(ErrorLevel.WARNING)
                                .with("activity", results.get(0))
                                .report();
                    }
                });
        return obs.flush(Duration.ofSeconds(5));
    }

    private static List<String> notifications(Obs obs) {
        return obs.trace("returning_mock_data").call(span -> {
            List<String> results = List.of("68f126b0-1ceb-4a33-88be-d90fa7109eee");
            span.metadata("notification results", Map.of("number", results.size()));
            return results;
        });
    }

    private static void send(String activity) {
        throw new IllegalStateException("nobody listens to " + activity);
    }
}
