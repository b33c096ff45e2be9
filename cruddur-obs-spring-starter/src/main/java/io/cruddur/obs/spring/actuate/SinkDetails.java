package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The law for one sink, as JSON shows it. */
final class SinkDetails {
    /** A code such as {@code http_503}. A reason of more words may name a host, which is for the log and the console. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

    private SinkDetails() {}

    /** All of them; none of a test's mock, which has no report and must not end the start. */
    static List<DeliveryReport.Sink> sinks(Obs obs) {
        DeliveryReport report = obs.report();
        return report == null ? List.of() : report.sinks();
    }

    static Map<String, Object> of(DeliveryReport.Sink sink) {
        var details = new LinkedHashMap<String, Object>();
        details.put("accepted", sink.accepted());
        details.put("delivered", sink.delivered());
        details.put("pending", sink.pending());
        details.put("spooled", sink.spooled());
        details.put("spoolBytes", sink.spoolBytes());
        details.put("lost", sink.lost());
        Instant last = sink.lastDelivered();
        if (last != null) {
            details.put("lastDelivered", last.toString());
        }
        DeliveryReport.Sink.Failure failure = sink.lastFailure();
        if (failure != null) {
            details.put("lastFailure", failure(failure));
        }
        return details;
    }

    private static Map<String, Object> failure(DeliveryReport.Sink.Failure failure) {
        var details = new LinkedHashMap<String, Object>();
        details.put("time", failure.time().toString());
        if (WORD.matcher(failure.reason()).matches()) {
            details.put("reason", failure.reason());
        }
        return details;
    }
}
