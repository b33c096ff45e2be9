package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.http.Access;
import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Endpoint;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of CloudWatch Logs, AWS JSON 1.1: {@code POST /} with the operation in {@code X-Amz-Target}. */
public final class CloudWatchLogsApi {

    static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private static final String TARGET = "Logs_20140328.";

    /** A full batch of 1 MB in which each byte is escaped as six. */
    private static final int MAX_BODY = 8 << 20;

    private static final Set<Integer> RETENTION_DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private static final List<String> LOG_CLASSES = List.of("STANDARD", "INFREQUENT_ACCESS", "DELIVERY");

    private final Access access;
    private final LogGroups groups = new LogGroups();
    private final PutLogEvents putLogEvents;
    private final DescribeLogs describe;
    private final Tags tags = new Tags(groups);
    private final ReadLogEvents read;

    public CloudWatchLogsApi(LogStore logs, Access access) {
        this.access = access;
        this.putLogEvents = new PutLogEvents(groups, logs);
        this.describe = new DescribeLogs(groups);
        this.read = new ReadLogEvents(groups, logs);
    }

    public void addTo(Routes routes) {
        routes.open(
                "POST",
                "/",
                Endpoint.of(
                        call -> Answer.json(200, CONTENT_TYPE, operation(call)),
                        (call, problem) -> ServiceError.of(problem).inItsShape()));
    }

    private ObjectNode operation(Call call) {
        String target = call.header("X-Amz-Target");
        if (target == null || !target.startsWith(TARGET)) throw ServiceError.unknownOperation();
        JsonNode request = body(call);
        long now = System.currentTimeMillis();
        return switch (target.substring(TARGET.length())) {
            case "CreateLogGroup" -> createGroup(request, now);
            case "CreateLogStream" -> createStream(request, now);
            case "PutRetentionPolicy" -> putRetentionPolicy(request);
            case "TagResource" -> tags.tag(request);
            case "ListTagsForResource" -> tags.list(request);
            case "PutLogEvents" -> putLogEvents.call(request, now);
            case "DescribeLogGroups" -> describe.groups(request);
            case "DescribeLogStreams" -> describe.streams(request);
            case "FilterLogEvents" -> {
                checkReader(call);
                yield read.filter(request);
            }
            case "GetLogEvents" -> {
                checkReader(call);
                yield read.get(request);
            }
            default -> throw ServiceError.unknownOperation();
        };
    }

    private ObjectNode createGroup(JsonNode request, long now) {
        String logClass = request.path("logGroupClass").asString("STANDARD");
        if (!LOG_CLASSES.contains(logClass)) {
            throw ServiceError.invalidParameter(
                    "1 validation error detected: Value at 'logGroupClass' failed to satisfy"
                            + " constraint: Member must satisfy enum value set: " + LOG_CLASSES);
        }
        groups.createGroup(required(request, "logGroupName"), logClass, Tags.of(request), now);
        return Json.object();
    }

    private ObjectNode createStream(JsonNode request, long now) {
        groups.createStream(required(request, "logGroupName"), required(request, "logStreamName"), now);
        return Json.object();
    }

    private ObjectNode putRetentionPolicy(JsonNode request) {
        int days = request.path("retentionInDays").asInt(0);
        if (!RETENTION_DAYS.contains(days)) {
            throw ServiceError.invalidParameter("1 validation error detected: Value at 'retentionInDays' failed to"
                    + " satisfy constraint: Member must be one of the retention periods of CloudWatch Logs");
        }
        groups.retain(required(request, "logGroupName"), days);
        return Json.object();
    }

    private void checkReader(Call call) {
        if (!access.isAccessKeyOf(call.header("Authorization"))) throw ServiceError.badToken();
    }

    private static JsonNode body(Call call) {
        try {
            JsonNode request = Json.parse(call.body(MAX_BODY));
            if (request.isObject()) return request;
            throw ServiceError.serialization("The request must be a JSON object.");
        } catch (Json.NotJson invalid) {
            throw ServiceError.serialization("The request is not JSON: " + invalid.reason());
        }
    }

    static String required(JsonNode request, String key) {
        String value = Json.text(request, key);
        if (value != null) return value;
        throw ServiceError.invalidParameter("1 validation error detected: Value at '" + key
                + "' failed to satisfy constraint: Member must not be null");
    }

    /** By its name, or with {@code logGroupIdentifier} by its name or its ARN. */
    static String group(JsonNode request) {
        String identifier = Json.text(request, "logGroupIdentifier");
        if (identifier == null) return required(request, "logGroupName");
        if (Json.text(request, "logGroupName") != null) {
            throw ServiceError.invalidParameter("Specify either logGroupName or logGroupIdentifier, and not both.");
        }
        return identifier.startsWith(DescribeLogs.ARN) ? identifier.substring(DescribeLogs.ARN.length()) : identifier;
    }

    /** A limit of at most {@code max}, which is also the default. */
    static int limit(JsonNode request, int max) {
        JsonNode limit = request.path("limit");
        if (limit.isMissingNode() || limit.isNull()) return max;
        int value = limit.asInt(0);
        if (value >= 1 && value <= max) return value;
        throw ServiceError.invalidParameter("1 validation error detected: Value at 'limit' failed to satisfy"
                + " constraint: Member must have value from 1 to " + max);
    }
}
