package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.DeliveryReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The law for one sink, as JSON shows it. */
final class SinkDetails {
    private SinkDetails() {}

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
