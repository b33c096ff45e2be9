package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The law for one sink, as JSON shows it. */
final class SinkDetails {
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
        details.put("lost", sink.lost());
        Instant last = sink.lastDelivered();
        if (last != null) {
            details.put("lastDelivered", last.toString());
        }
        return details;
    }
}
