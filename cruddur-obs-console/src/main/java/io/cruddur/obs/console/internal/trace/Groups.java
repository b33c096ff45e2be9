package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** X-Ray groups: a name for a filter expression. Kept so that provisioning can be tried here. Thread-safe. */
final class Groups {

    private static final String ARN = "arn:aws:xray:us-east-1:000000000000:group/";

    /** X-Ray's own limits. */
    private static final int MAX_GROUPS = 25;

    private static final int MAX_NAME = 32;
    private static final int MAX_EXPRESSION = 2_000;

    private static final List<String> INSIGHTS = List.of("InsightsEnabled", "NotificationsEnabled");

    private final Map<String, ObjectNode> groups = new TreeMap<>();

    synchronized ObjectNode create(JsonNode request) {
        String name = Json.text(request, "GroupName");
        if (name == null || name.length() > MAX_NAME) {
            throw XRayApi.invalid("GroupName must have 1 to " + MAX_NAME + " characters");
        }
        if (groups.containsKey(name)) throw XRayApi.invalid("A group with this name already exists: " + name);
        if (groups.size() == MAX_GROUPS) throw XRayApi.invalid("There are " + MAX_GROUPS + " groups already");
        ObjectNode group = Json.object().put("GroupName", name).put("GroupARN", ARN + name);
        group.putObject("InsightsConfiguration").put("InsightsEnabled", false).put("NotificationsEnabled", false);
        return kept(group, request);
    }

    synchronized ObjectNode update(JsonNode request) {
        return kept(named(request).deepCopy(), request);
    }

    synchronized ObjectNode get(JsonNode request) {
        return answer(named(request));
    }

    synchronized ObjectNode delete(JsonNode request) {
        groups.remove(named(request).path("GroupName").asString(""));
        return Json.object();
    }

    synchronized ObjectNode list() {
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("Groups");
        groups.values().forEach(rows::add);
        return answer;
    }

    private ObjectNode kept(ObjectNode group, JsonNode request) {
        JsonNode expression = request.path("FilterExpression");
        if (!expression.isMissingNode()) {
            String text = expression.stringValue("");
            if (text.length() > MAX_EXPRESSION) {
                throw XRayApi.invalid("FilterExpression must have at most " + MAX_EXPRESSION + " characters");
            }
            FilterExpression.parse(text);
            group.put("FilterExpression", text);
        }
        JsonNode asked = request.path("InsightsConfiguration");
        ObjectNode insights = group.withObjectProperty("InsightsConfiguration");
        for (String flag : INSIGHTS) {
            if (asked.path(flag).isBoolean())
                insights.put(flag, asked.path(flag).booleanValue());
        }
        groups.put(group.path("GroupName").asString(""), group);
        return answer(group);
    }

    private static ObjectNode answer(ObjectNode group) {
        ObjectNode answer = Json.object();
        answer.set("Group", group);
        return answer;
    }

    /** By its name or its ARN. */
    private ObjectNode named(JsonNode request) {
        String name = Json.text(request, "GroupName");
        String arn = Json.text(request, "GroupARN");
        String wanted = name == null && arn != null && arn.startsWith(ARN) ? arn.substring(ARN.length()) : name;
        ObjectNode group = wanted == null ? null : groups.get(wanted);
        if (group == null) throw XRayApi.invalid("Group not found: " + wanted);
        return group;
    }
}
