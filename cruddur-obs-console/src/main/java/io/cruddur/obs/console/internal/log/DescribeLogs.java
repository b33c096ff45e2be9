package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls that list groups and streams, by name; a page's token is the last name on it. */
final class DescribeLogs {

    private static final int MAX_PAGE = 50;
    static final String ARN = "arn:aws:logs:us-east-1:000000000000:log-group:";

    private final LogGroups groups;

    DescribeLogs(LogGroups groups) {
        this.groups = groups;
    }

    ObjectNode groups(JsonNode request) {
        List<LogGroups.Group> found = groups.groups(prefix(request, "logGroupNamePrefix"));
        return page(request, "logGroups", found, LogGroups.Group::name, DescribeLogs::row);
    }

    ObjectNode streams(JsonNode request) {
        String group = CloudWatchLogsApi.required(request, "logGroupName");
        List<LogGroups.Stream> found = groups.streams(group, prefix(request, "logStreamNamePrefix"));
        return page(request, "logStreams", found, LogGroups.Stream::name, stream -> row(group, stream));
    }

    private static <T> ObjectNode page(
            JsonNode request, String key, List<T> all, Function<T, String> name, Function<T, ObjectNode> row) {
        int limit = CloudWatchLogsApi.limit(request, MAX_PAGE);
        String after = request.path("nextToken").stringValue("");
        List<T> left = all.stream()
                .filter(item -> name.apply(item).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray(key);
        left.stream().limit(limit).map(row).forEach(rows::add);
        if (left.size() > limit) answer.put("nextToken", name.apply(left.get(limit - 1)));
        return answer;
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

    private static String prefix(JsonNode request, String key) {
        return request.path(key).stringValue("");
    }
}
