package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.store.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The items of one fingerprint: their count, the newest of them, and where the last ones happened. Guarded by its store. */
final class ErrorGroup {

    /** Enough for the list of an error; the count goes on. */
    private static final int MAX_OCCURRENCES = 100;

    private static final int MAX_TRACE_IDS = 20;
    private static final long OCCURRENCE_BYTES = 300;

    private record Occurrence(
            String uuid,
            long occurred,
            @Nullable String traceId,
            @Nullable String spanId) {

        ObjectNode row() {
            return Json.object()
                    .put("uuid", uuid)
                    .put("timestamp", Micros.iso(occurred))
                    .put("traceId", traceId)
                    .put("spanId", spanId);
        }
    }

    private final Deque<Occurrence> newestFirst = new ArrayDeque<>();
    private final Trend trend = new Trend();
    private final String fingerprint;
    private ErrorItem newest;
    private long count;
    private long items;
    private long firstSeen;
    private long lastSeen;

    ErrorGroup(ErrorItem first) {
        newest = first;
        fingerprint = first.fingerprint();
        firstSeen = first.occurred();
        lastSeen = first.occurred();
    }

    void add(ErrorItem item) {
        // It may say that it stands for any number of others.
        count = item.stands() > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + item.stands();
        items++;
        firstSeen = Math.min(firstSeen, item.occurred());
        lastSeen = Math.max(lastSeen, item.occurred());
        newest = item;
        trend.add(item.occurred(), item.stands());
        newestFirst.addFirst(new Occurrence(item.uuid(), item.occurred(), item.traceId(), item.spanId()));
        if (newestFirst.size() > MAX_OCCURRENCES) newestFirst.removeLast();
    }

    long weight() {
        return newest.data().length
                + Texts.bytes(newest.title())
                + Texts.bytes(newest.service())
                + newestFirst.size() * OCCURRENCE_BYTES
                + Trend.BYTES;
    }

    boolean hasTrace(String traceId) {
        return newestFirst.stream().anyMatch(occurrence -> traceId.equals(occurrence.traceId));
    }

    boolean hasItem(String uuid) {
        return newestFirst.stream().anyMatch(occurrence -> uuid.equals(occurrence.uuid));
    }

    String fingerprint() {
        return fingerprint;
    }

    long firstSeen() {
        return firstSeen;
    }

    /** The row, with how often it happened since then. */
    ObjectNode row(long trendFrom, long now) {
        ObjectNode row = row();
        trend.writeTo(row.putObject("trend"), trendFrom, now);
        return row;
    }

    ObjectNode row() {
        ObjectNode row = Json.object()
                .put("fingerprint", fingerprint)
                .put("title", newest.title())
                .put("level", newest.level())
                .put("service", newest.service())
                .put("count", count)
                .put("firstSeen", Micros.iso(firstSeen))
                .put("lastSeen", Micros.iso(lastSeen));
        ArrayNode traceIds = row.putArray("traceIds");
        newestFirst.stream()
                .map(Occurrence::traceId)
                .filter(Objects::nonNull)
                .distinct()
                .limit(MAX_TRACE_IDS)
                .forEach(traceIds::add);
        return row.put("uuid", newest.uuid());
    }

    /** The row, with the newest item whole, the last occurrences, and how many older ones are not kept. */
    ObjectNode details(long now) {
        ObjectNode details = row(firstSeen, now);
        ArrayNode occurrences = details.putArray("occurrences");
        newestFirst.forEach(occurrence -> occurrences.add(occurrence.row()));
        details.put("olderOccurrences", items - newestFirst.size());
        details.set("latest", LatestItem.of(newest.data()));
        return details;
    }
}
