package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A subsegment that calls something outside its service: another service, a database, a service of AWS.
 *
 * @param micros {@link Micros#NONE} while it is in progress
 */
record PeerCall(String id, String name, Kind kind, long micros, boolean fault, boolean error) {

    /** What is called. */
    enum Kind {
        SQL,
        AWS,
        REMOTE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of a document and all subsegments within. */
    static List<PeerCall> allIn(JsonNode document) {
        List<PeerCall> found = new ArrayList<>();
        collect(document, found);
        return List.copyOf(found);
    }

    private static void collect(JsonNode span, List<PeerCall> found) {
        Kind kind = kind(span);
        if (kind != null) {
            long start = Micros.ofSeconds(span.path("start_time"));
            long end = Micros.ofSeconds(span.path("end_time"));
            found.add(new PeerCall(
                    span.path("id").stringValue(""),
                    span.path("name").stringValue(""),
                    kind,
                    end == Micros.NONE ? Micros.NONE : Math.max(0, end - start),
                    Json.flag(span, "fault"),
                    Json.flag(span, "error") || Json.flag(span, "throttle")));
        }
        for (JsonNode child : span.path("subsegments")) collect(child, found);
    }

    private static @Nullable Kind kind(JsonNode span) {
        if (span.path("sql").isObject()) return Kind.SQL;
        return switch (span.path("namespace").stringValue("")) {
            case "aws" -> Kind.AWS;
            case "remote" -> Kind.REMOTE;
            default -> null;
        };
    }
}
