package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls that read events back. Tokens name a place between events, so they stay right while old ones go. */
final class ReadLogEvents {

    private static final int MAX_PAGE = 10_000;

    private final LogGroups groups;
    private final LogStore logs;

    ReadLogEvents(LogGroups groups, LogStore logs) {
        this.groups = groups;
        this.logs = logs;
    }

    /** Events of a group, over its streams or those that are named, in full or by how they begin. */
    ObjectNode filter(JsonNode request) {
        String group = CloudWatchLogsApi.group(request);
        groups.checkGroup(group);
        Predicate<LogLine> wanted = times(request).and(line -> line.group().equals(group));
        Set<String> streams = strings(request.path("logStreamNames"));
        String prefix = Json.text(request, "logStreamNamePrefix");
        if (prefix != null && !streams.isEmpty()) {
            throw ServiceError.invalidParameter("Specify either logStreamNames or logStreamNamePrefix, and not both.");
        }
        if (prefix != null) wanted = wanted.and(line -> line.stream().startsWith(prefix));
        if (!streams.isEmpty()) wanted = wanted.and(line -> streams.contains(line.stream()));
        wanted = wanted.and(FilterPattern.parse(Json.text(request, "filterPattern")));
        String token = Json.text(request, "nextToken");
        Place after = Place.parse(token, "n");
        if (token != null && after == null) throw Place.invalid();
        if (after != null) wanted = wanted.and(after::isBefore);

        int limit = CloudWatchLogsApi.limit(request, MAX_PAGE);
        List<LogLine> found = logs.byTime(wanted);
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        found.stream()
                .limit(limit)
                .forEach(line -> events.add(
                        event(line).put("logStreamName", line.stream()).put("eventId", Long.toString(line.number()))));
        answer.putArray("searchedLogStreams");
        if (found.size() > limit)
            answer.put("nextToken", Place.of(found.get(limit - 1)).token("n"));
        return answer;
    }

    /** Events of one stream: the newest, or from the head, or on from where a token points. */
    ObjectNode get(JsonNode request) {
        String group = CloudWatchLogsApi.group(request);
        String stream = CloudWatchLogsApi.required(request, "logStreamName");
        groups.checkStream(group, stream);
        String token = Json.text(request, "nextToken");
        Place forward = Place.parse(token, "f");
        Place backward = Place.parse(token, "b");
        if (token != null && forward == null && backward == null) throw Place.invalid();

        List<LogLine> found = logs.byTime(times(request)
                .and(line -> line.group().equals(group) && line.stream().equals(stream))
                .and(line -> forward == null || forward.isBefore(line))
                .and(line -> backward == null || backward.isAfter(line)));
        boolean fromHead = forward != null || (backward == null && Json.flag(request, "startFromHead"));
        List<LogLine> page = page(found, CloudWatchLogsApi.limit(request, MAX_PAGE), fromHead);

        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        page.forEach(line -> events.add(event(line)));
        // At either end the same token comes back: that is how a reader knows it has seen all.
        Place here = forward != null ? forward : backward != null ? backward : Place.START;
        return answer.put("nextForwardToken", (page.isEmpty() ? here : Place.of(page.get(page.size() - 1))).token("f"))
                .put("nextBackwardToken", (page.isEmpty() ? here : Place.of(page.get(0))).token("b"));
    }

    private static List<LogLine> page(List<LogLine> found, int limit, boolean fromHead) {
        if (found.size() <= limit) return found;
        return fromHead ? found.subList(0, limit) : found.subList(found.size() - limit, found.size());
    }

    /** From {@code startTime} to before {@code endTime}. */
    private static Predicate<LogLine> times(JsonNode request) {
        long start = request.path("startTime").asLong(Long.MIN_VALUE);
        long end = request.path("endTime").asLong(Long.MAX_VALUE);
        return line -> line.timestamp() >= start && line.timestamp() < end;
    }

    private static ObjectNode event(LogLine line) {
        return Json.object()
                .put("timestamp", line.timestamp())
                .put("message", line.text())
                .put("ingestionTime", line.ingested());
    }

    private static Set<String> strings(JsonNode list) {
        return list.valueStream().map(node -> node.stringValue("")).collect(Collectors.toSet());
    }

    /** The place of an event among all, by time and, within a millisecond, by arrival. */
    private record Place(long timestamp, long number) {

        static final Place START = new Place(0, 0);

        static Place of(LogLine line) {
            return new Place(line.timestamp(), line.number());
        }

        String token(String kind) {
            return kind + "/" + timestamp + "/" + number;
        }

        /** Null if there is no token, or one of another kind. */
        static @Nullable Place parse(@Nullable String token, String kind) {
            if (token == null || !token.startsWith(kind + "/")) return null;
            String[] parts = token.split("/", -1);
            if (parts.length != 3) throw invalid();
            try {
                return new Place(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            } catch (NumberFormatException malformed) {
                throw invalid();
            }
        }

        boolean isBefore(LogLine line) {
            return line.timestamp() > timestamp || (line.timestamp() == timestamp && line.number() > number);
        }

        boolean isAfter(LogLine line) {
            return line.timestamp() < timestamp || (line.timestamp() == timestamp && line.number() < number);
        }

        static ServiceError invalid() {
            return ServiceError.invalidParameter("The specified nextToken is invalid.");
        }
    }
}
