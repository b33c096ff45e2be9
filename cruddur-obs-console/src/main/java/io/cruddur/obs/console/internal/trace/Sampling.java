package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Central sampling with the one rule every account has, {@code Default}. Its rate here is 1: who opens a console on a
 * laptop wants to see each request, not one in twenty.
 */
final class Sampling {

    private static final String RULE = "Default";
    private static final double FIXED_RATE = 1.0;
    private static final int RESERVOIR = 1;
    private static final int INTERVAL_SECONDS = 10;

    /** X-Ray's own limit. */
    private static final int MAX_STATISTICS = 25;

    private final long created = Instant.now().getEpochSecond();

    /** There is one page, and so no NextToken; asked for another, it is empty. */
    ObjectNode rules(JsonNode request) {
        ObjectNode answer = Json.object();
        ArrayNode records = answer.putArray("SamplingRuleRecords");
        if (Json.text(request, "NextToken") != null) return answer;
        ObjectNode record = records.addObject();
        record.putObject("SamplingRule")
                .put("RuleName", RULE)
                .put("RuleARN", "arn:aws:xray:us-east-1:000000000000:sampling-rule/" + RULE)
                .put("ResourceARN", "*")
                .put("Priority", 10_000)
                .put("FixedRate", FIXED_RATE)
                .put("ReservoirSize", RESERVOIR)
                .put("ServiceName", "*")
                .put("ServiceType", "*")
                .put("Host", "*")
                .put("HTTPMethod", "*")
                .put("URLPath", "*")
                .put("Version", 1)
                .putObject("Attributes");
        record.put("CreatedAt", created).put("ModifiedAt", created);
        return answer;
    }

    ObjectNode targets(JsonNode request) {
        JsonNode statistics = request.path("SamplingStatisticsDocuments");
        if (!statistics.isArray() || statistics.isEmpty() || statistics.size() > MAX_STATISTICS) {
            throw XRayApi.invalid("SamplingStatisticsDocuments must be a list of 1 to " + MAX_STATISTICS);
        }
        ObjectNode answer = Json.object();
        ArrayNode targets = answer.putArray("SamplingTargetDocuments");
        ArrayNode unprocessed = answer.putArray("UnprocessedStatistics");
        for (JsonNode document : statistics) {
            String name = Json.text(document, "RuleName");
            if (RULE.equals(name)) addTarget(targets);
            else
                unprocessed
                        .addObject()
                        .put("RuleName", name)
                        .put("ErrorCode", "400")
                        .put("Message", "Unknown rule");
        }
        return answer.put("LastRuleModification", created);
    }

    private static void addTarget(ArrayNode targets) {
        targets.addObject()
                .put("RuleName", RULE)
                .put("FixedRate", FIXED_RATE)
                .put("ReservoirQuota", RESERVOIR)
                .put("ReservoirQuotaTTL", Instant.now().getEpochSecond() + INTERVAL_SECONDS)
                .put("Interval", INTERVAL_SECONDS);
    }
}
