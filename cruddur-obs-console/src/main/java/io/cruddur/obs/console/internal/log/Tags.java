package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tags of log groups: kept and told, and of no effect here. */
final class Tags {

    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    private final LogGroups groups;

    Tags(LogGroups groups) {
        this.groups = groups;
    }

    ObjectNode tag(JsonNode request) {
        Map<String, String> tags = of(request);
        if (tags.isEmpty()) {
            throw ServiceError.invalidParameter("1 validation error detected: Value at 'tags' failed to satisfy"
                    + " constraint: Map must have length greater than or equal to 1");
        }
        groups.tag(group(request), tags);
        return Json.object();
    }

    ObjectNode list(JsonNode request) {
        ObjectNode answer = Json.object();
        groups.tags(group(request)).forEach(answer.putObject("tags")::put);
        return answer;
    }

    /** The tags of a request; none if it has none. */
    static Map<String, String> of(JsonNode request) {
        Map<String, String> tags = new TreeMap<>();
        for (Map.Entry<String, JsonNode> tag : request.path("tags").properties()) {
            String value = tag.getValue().stringValue("");
            if (tag.getKey().isEmpty() || tag.getKey().length() > MAX_KEY || value.length() > MAX_VALUE) {
                throw ServiceError.invalidParameter("1 validation error detected: Value at 'tags' failed to satisfy"
                        + " constraint: Map keys must have 1 to " + MAX_KEY + " characters, values at most "
                        + MAX_VALUE);
            }
            tags.put(tag.getKey(), value);
        }
        return tags;
    }

    private static String group(JsonNode request) {
        String arn = CloudWatchLogsApi.required(request, "resourceArn");
        if (!arn.startsWith(DescribeLogs.ARN)) throw ServiceError.notFound("group");
        String name = arn.substring(DescribeLogs.ARN.length());
        return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
    }
}
