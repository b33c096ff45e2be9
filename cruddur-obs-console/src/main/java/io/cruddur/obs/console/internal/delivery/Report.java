package io.cruddur.obs.console.internal.delivery;

import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.store.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The delivery law of one process: of what each sink accepted, how much is delivered, pending, or lost and why.
 *
 * @param time of the process's own clock, in microseconds
 */
record Report(String service, String process, long time, long received, List<Sink> sinks) {

    private static final String HINT =
            "Send {\"service\":..,\"process\":..,\"time\":\"ISO 8601\",\"sinks\":[{\"name\":..,\"accepted\":0,"
                    + "\"delivered\":0,\"pending\":0,\"lost\":{\"reason\":0}}]}";
    private static final String FAILURE = "lastFailure";
    private static final int MAX_TEXT = 200;
    private static final int MAX_ENTRIES = 100;

    /** The law of one sink, in records; {@code about} is what it tells beside it: the spool, the last failure. */
    record Sink(
            String name, long accepted, long delivered, long pending, long spooled, ObjectNode about, ObjectNode lost) {

        /** A loss without an attempt, of a full queue say, is a failure too, and may come after the last attempt's. */
        private Sink after(Sink before, long since, long time) {
            if (failedAt() < since) {
                for (Map.Entry<String, JsonNode> reason : lost.properties()) {
                    String key = reason.getKey();
                    if (reason.getValue().asLong() <= before.lost.path(key).asLong(0)) continue;
                    about.set(FAILURE, failure(time, key));
                    return this;
                }
            }
            if (before.failedAt() > failedAt()) about.set(FAILURE, before.about.get(FAILURE));
            return this;
        }

        private long failedAt() {
            return Micros.parse(Json.text(about.path(FAILURE), "time"));
        }
    }

    /** @throws Problem if it is no report */
    static Report of(JsonNode json) {
        long time = Micros.parse(Json.text(json, "time"));
        if (time == Micros.NONE) throw Problem.badRequest("time must be ISO 8601, with its offset or Z.", HINT);
        JsonNode entries = json.path("sinks");
        if (!entries.isArray() || entries.size() > MAX_ENTRIES) {
            throw Problem.badRequest("sinks must be a list of at most " + MAX_ENTRIES + ".", HINT);
        }
        List<Sink> sinks = new ArrayList<>();
        for (JsonNode sink : entries) sinks.add(sink(sink));
        return new Report(text(json, "service"), text(json, "process"), time, Micros.now(), List.copyOf(sinks));
    }

    private static Sink sink(JsonNode sink) {
        ObjectNode lost = Json.object();
        JsonNode reasons = sink.path("lost");
        if (reasons.size() > MAX_ENTRIES) throw Problem.badRequest("lost has too many reasons.", HINT);
        for (Map.Entry<String, JsonNode> reason : reasons.properties()) {
            lost.put(shortEnough(reason.getKey(), "lost"), count(reasons, reason.getKey()));
        }
        return new Sink(
                text(sink, "name"),
                count(sink, "accepted"),
                count(sink, "delivered"),
                count(sink, "pending"),
                sink.has("spooled") ? count(sink, "spooled") : 0,
                about(sink),
                lost);
    }

    private static ObjectNode about(JsonNode sink) {
        ObjectNode about = Json.object();
        for (String key : List.of("spoolBytes", "spoolRefusals")) {
            if (sink.has(key)) about.put(key, count(sink, key));
        }
        long delivered = Micros.parse(Json.text(sink, "lastDelivered"));
        if (delivered != Micros.NONE) about.put("lastDelivered", Micros.iso(delivered));
        // In a service's own words, perhaps: what of it cannot be shown is no reason to refuse the counts.
        long failed = Micros.parse(Json.text(sink.path(FAILURE), "time"));
        String reason = Json.text(sink.path(FAILURE), "reason");
        if (failed != Micros.NONE && reason != null) about.set(FAILURE, failure(failed, Texts.cut(reason, MAX_TEXT)));
        return about;
    }

    private static ObjectNode failure(long time, String reason) {
        return Json.object().put("time", Micros.iso(time)).put("reason", reason);
    }

    private static String text(JsonNode json, String key) {
        String value = Json.text(json, key);
        if (value == null) throw Problem.badRequest(key + " must be a text.", HINT);
        return shortEnough(value, key);
    }

    private static String shortEnough(String value, String key) {
        if (value.length() <= MAX_TEXT) return value;
        throw Problem.badRequest(key + " is longer than " + MAX_TEXT + " characters.", HINT);
    }

    private static long count(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) return value.longValue();
        throw Problem.badRequest(key + " must be a count.", HINT);
    }

    /** With the last loss that showed between two reports, where a sink tells of no failure of its own since then. */
    Report after(Report before) {
        List<Sink> told = new ArrayList<>();
        for (Sink sink : sinks) {
            Sink known = before.sinks.stream()
                    .filter(one -> one.name.equals(sink.name))
                    .findFirst()
                    .orElse(null);
            told.add(known == null ? sink : sink.after(known, before.time, time));
        }
        return new Report(service, process, time, received, told);
    }

    long weight() {
        long weight = 500L + Texts.bytes(service) + Texts.bytes(process);
        for (Sink sink : sinks) {
            weight += 1_000
                    + Texts.bytes(sink.name)
                    + Texts.bytes(sink.about.path(FAILURE).path("reason").stringValue(""));
            for (Map.Entry<String, JsonNode> reason : sink.lost.properties())
                weight += 100 + Texts.bytes(reason.getKey());
        }
        return weight;
    }

    ObjectNode row() {
        ObjectNode row = Json.object()
                .put("service", service)
                .put("process", process)
                .put("time", Micros.iso(time))
                .put("receivedAt", Micros.iso(received));
        ArrayNode rows = row.putArray("sinks");
        for (Sink sink : sinks) {
            rows.addObject()
                    .setAll(sink.about)
                    .put("name", sink.name)
                    .put("accepted", sink.accepted)
                    .put("delivered", sink.delivered)
                    .put("pending", sink.pending)
                    .put("spooled", sink.spooled)
                    .set("lost", sink.lost);
        }
        return row;
    }
}
