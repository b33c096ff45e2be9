package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls that list groups and streams, by name or by time; a page's token is the place of the last on it. */
final class DescribeLogs {

    private static final int MAX_PAGE = 50;
    static final String ARN = "arn:aws:logs:us-east-1:000000000000:log-group:";

    private final LogGroups groups;

    DescribeLogs(LogGroups groups) {
        this.groups = groups;
    }

    ObjectNode groups(JsonNode request) {
        String pattern = text(request, "logGroupNamePattern");
        String prefix = text(request, "logGroupNamePrefix");
        if (!pattern.isEmpty() && !prefix.isEmpty()) {
            throw ServiceError.invalidParameter(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive" + " parameters.");
        }
        List<LogGroups.Group> found = groups.groups(prefix).stream()
                .filter(group -> group.name().contains(pattern))
                .toList();
        return page(request, "logGroups", found, group -> new Place(0, group.name()), Place.ORDER, DescribeLogs::row);
    }

    ObjectNode streams(JsonNode request) {
        String group = CloudWatchLogsApi.group(request);
        String prefix = text(request, "logStreamNamePrefix");
        boolean byTime = switch (request.path("orderBy").stringValue("LogStreamName")) {
            case "LogStreamName" -> false;
            case "LastEventTime" -> true;
            default ->
                throw ServiceError.invalidParameter("1 validation error detected: Value at 'orderBy' failed to"
                        + " satisfy constraint: Member must satisfy enum value set:"
                        + " [LogStreamName, LastEventTime]");
        };
        if (byTime && !prefix.isEmpty()) {
            throw ServiceError.invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        return page(
                request,
                "logStreams",
                groups.streams(group, prefix),
                stream -> new Place(byTime ? time(stream) : 0, stream.name()),
                Json.flag(request, "descending") ? Place.ORDER.reversed() : Place.ORDER,
                stream -> row(group, stream));
    }

    /** A stream without events comes before all that have some. */
    private static long time(LogGroups.Stream stream) {
        return stream.lastEvent() == null ? 0 : stream.lastEvent();
    }

    private static <T> ObjectNode page(
            JsonNode request,
            String key,
            List<T> all,
            Function<T, Place> place,
            Comparator<Place> order,
            Function<T, ObjectNode> row) {
        int limit = CloudWatchLogsApi.limit(request, MAX_PAGE);
        Place after = Place.parse(Json.text(request, "nextToken"));
        List<T> left = all.stream()
                .filter(item -> after == null || order.compare(place.apply(item), after) > 0)
                .sorted(Comparator.comparing(place, order))
                .limit(limit + 1L)
                .toList();
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray(key);
        left.stream().limit(limit).map(row).forEach(rows::add);
        if (left.size() > limit)
            answer.put("nextToken", place.apply(left.get(limit - 1)).token());
        return answer;
    }

    /**
     * Where something stands in a list.
     *
     * @param time 0 in a list by name
     */
    private record Place(long time, String name) {

        static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::time).thenComparing(Place::name);

        String token() {
            return time + ":" + name;
        }

        static @Nullable Place parse(@Nullable String token) {
            if (token == null) return null;
            int colon = token.indexOf(':');
            try {
                if (colon > 0) return new Place(Long.parseLong(token.substring(0, colon)), token.substring(colon + 1));
            } catch (NumberFormatException malformed) {
                // Told below.
            }
            throw ServiceError.invalidParameter("The specified nextToken is invalid.");
        }
    }

    private static ObjectNode row(LogGroups.Group group) {
        ObjectNode row = Json.object()
                .put("logGroupName", group.name())
                .put("creationTime", group.created())
                .put("metricFilterCount", 0)
                .put("arn", ARN + group.name() + ":*")
                .put("logGroupArn", ARN + group.name())
                .put("logGroupClass", group.logClass());
        return group.retentionDays() == null ? row : row.put("retentionInDays", group.retentionDays());
    }

    private static ObjectNode row(String group, LogGroups.Stream stream) {
        ObjectNode row = Json.object()
                .put("logStreamName", stream.name())
                .put("creationTime", stream.created())
                .put("arn", ARN + group + ":log-stream:" + stream.name());
        if (stream.firstEvent() == null) return row;
        return row.put("firstEventTimestamp", stream.firstEvent())
                .put("lastEventTimestamp", stream.lastEvent())
                .put("lastIngestionTime", stream.lastIngestion());
    }

    private static String text(JsonNode request, String key) {
        return request.path(key).stringValue("");
    }
}
