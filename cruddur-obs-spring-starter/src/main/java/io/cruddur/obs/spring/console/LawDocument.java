package io.cruddur.obs.spring.console;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.json.JsonBuffer;
import java.time.Instant;

/** What {@code POST /api/delivery} takes. */
final class LawDocument {
    private LawDocument() {}

    static byte[] of(Obs obs, Instant now) {
        return of(obs.service(), obs.instance(), obs.report(), now);
    }

    static byte[] of(String service, String process, DeliveryReport report, Instant now) {
        var json = new JsonBuffer()
                .beginObject()
                .field("service", service)
                .field("process", process)
                .field("time", now.toString())
                .beginArray("sinks");
        for (DeliveryReport.Sink sink : report.sinks()) {
            json.beginObject()
                    .field("name", sink.name())
                    .field("accepted", sink.accepted())
                    .field("delivered", sink.delivered())
                    .field("pending", sink.pending())
                    .field("spooled", sink.spooled())
                    .field("spoolBytes", sink.spoolBytes())
                    .field("spoolRefusals", sink.spoolRefusals());
            if (sink.lastDelivered() != null) {
                json.field("lastDelivered", sink.lastDelivered().toString());
            }
            DeliveryReport.Sink.Failure failure = sink.lastFailure();
            if (failure != null) {
                json.beginObject("lastFailure")
                        .field("time", failure.time().toString())
                        .field("reason", failure.reason())
                        .endObject();
            }
            json.beginObject("lost");
            sink.lost().forEach(json::field);
            json.endObject().endObject();
        }
        return json.endArray().endObject().toByteArray();
    }
}
