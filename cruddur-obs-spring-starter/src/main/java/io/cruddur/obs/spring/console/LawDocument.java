package io.cruddur.obs.spring.console;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.json.JsonBuffer;
import java.time.Instant;

/** What {@code POST /api/delivery} takes. */
final class LawDocument {
    private LawDocument() {}

    static byte[] of(Obs obs, Instant now) {
        var json = new JsonBuffer()
                .beginObject()
                .field("service", obs.service())
                .field("process", obs.instance())
                .field("time", now.toString())
                .beginArray("sinks");
        for (DeliveryReport.Sink sink : obs.report().sinks()) {
            json.beginObject()
                    .field("name", sink.name())
                    .field("accepted", sink.accepted())
                    .field("delivered", sink.delivered())
                    .field("pending", sink.pending())
                    .field("spooled", sink.spooled())
                    .field("spoolRefusals", sink.spoolRefusals());
            if (sink.lastDelivered() != null) {
                json.field("lastDelivered", sink.lastDelivered().toString());
            }
            json.beginObject("lost");
            sink.lost().forEach(json::field);
            json.endObject().endObject();
        }
        return json.endArray().endObject().toByteArray();
    }
}
