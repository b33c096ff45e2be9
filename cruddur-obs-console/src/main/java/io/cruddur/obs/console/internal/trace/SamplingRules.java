package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Central sampling: the rules that were created here, and the one that every account has, {@code Default}. Its rate here
 * is 1: who opens a console on a laptop wants to see each request, not one in twenty. Thread-safe.
 */
final class SamplingRules {

    private static final String DEFAULT = "Default";
    private static final String ARN = "arn:aws:xray:us-east-1:000000000000:sampling-rule/";
    private static final int INTERVAL_SECONDS = 10;

    /** X-Ray's own limits. */
    private static final int MAX_STATISTICS = 25;

    private static final int MAX_RULES = 25;
    private static final int MAX_PRIORITY = 9_999;
    private static final int MAX_NAME = 32;
    private static final int MAX_ATTRIBUTES = 5;
    private static final int MAX_ATTRIBUTE = 32;

    /** The texts of a rule, each with a most of characters. */
    private static final Map<String, Integer> TEXTS = Map.of(
            "ServiceName", 64, "ServiceType", 64, "Host", 64, "HTTPMethod", 10, "URLPath", 128, "ResourceARN", 500);

    private record Rule(ObjectNode json, long created, long modified) {

        ObjectNode record() {
            ObjectNode record = Json.object();
            record.set("SamplingRule", json);
            return record.put("CreatedAt", created).put("ModifiedAt", modified);
        }
    }

    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private long lastModification = Instant.now().getEpochSecond();

    /** Made when first asked for: JSON's classes are no part of the console's start. */
    private Map<String, Rule> rules() {
        if (rules.isEmpty()) rules.put(DEFAULT, byDefault());
        return rules;
    }

    private Rule byDefault() {
        ObjectNode all = Json.object().put("RuleName", DEFAULT).put("RuleARN", ARN + DEFAULT);
        TEXTS.keySet().forEach(name -> all.put(name, "*"));
        all.put("Priority", 10_000)
                .put("FixedRate", 1.0)
                .put("ReservoirSize", 1)
                .put("Version", 1);
        all.putObject("Attributes");
        return new Rule(all, lastModification, lastModification);
    }

    /** There is one page, and so no NextToken; asked for another, it is empty. */
    synchronized ObjectNode list(JsonNode request) {
        ObjectNode answer = Json.object();
        ArrayNode records = answer.putArray("SamplingRuleRecords");
        if (Json.text(request, "NextToken") != null) return answer;
        List<Rule> byPriority = new ArrayList<>(rules().values());
        byPriority.sort(
                Comparator.comparingInt(rule -> rule.json.path("Priority").asInt()));
        byPriority.forEach(rule -> records.add(rule.record()));
        return answer;
    }

    synchronized ObjectNode create(JsonNode request) {
        JsonNode asked = request.path("SamplingRule");
        String name = Json.text(asked, "RuleName");
        if (name == null || name.length() > MAX_NAME) {
            throw XRayApi.invalid("SamplingRule.RuleName must have 1 to " + MAX_NAME + " characters");
        }
        if (rules().containsKey(name)) throw XRayApi.invalid("A sampling rule with this name already exists: " + name);
        if (rules().size() > MAX_RULES) {
            throw XRayApi.problem("RuleLimitExceededException", "There are " + MAX_RULES + " sampling rules already");
        }
        if (asked.path("Version").asInt(0) != 1) throw XRayApi.invalid("SamplingRule.Version must be 1");
        ObjectNode json = Json.object().put("RuleName", name).put("RuleARN", ARN + name);
        TEXTS.keySet().forEach(text -> take(asked, json, text, true));
        for (String number : List.of("Priority", "FixedRate", "ReservoirSize")) take(asked, json, number, true);
        json.put("Version", 1).set("Attributes", attributes(asked));
        return kept(json, Instant.now().getEpochSecond());
    }

    /** What the update leaves out stays as it is. Of the rule {@code Default} rate and reservoir alone may change. */
    synchronized ObjectNode update(JsonNode request) {
        JsonNode asked = request.path("SamplingRuleUpdate");
        Rule before = named(asked);
        ObjectNode json = before.json.deepCopy();
        boolean isDefault = DEFAULT.equals(Json.text(json, "RuleName"));
        if (!isDefault) {
            TEXTS.keySet().forEach(text -> take(asked, json, text, false));
            take(asked, json, "Priority", false);
            if (asked.has("Attributes")) json.set("Attributes", attributes(asked));
        }
        take(asked, json, "FixedRate", false);
        take(asked, json, "ReservoirSize", false);
        return kept(json, before.created);
    }

    synchronized ObjectNode delete(JsonNode request) {
        Rule rule = named(request);
        String name = rule.json.path("RuleName").asString("");
        if (name.equals(DEFAULT)) throw XRayApi.invalid("The rule Default cannot be deleted");
        rules().remove(name);
        lastModification = Instant.now().getEpochSecond();
        return inRecord(rule);
    }

    synchronized ObjectNode targets(JsonNode request) {
        JsonNode statistics = request.path("SamplingStatisticsDocuments");
        if (!statistics.isArray() || statistics.isEmpty() || statistics.size() > MAX_STATISTICS) {
            throw XRayApi.invalid("SamplingStatisticsDocuments must be a list of 1 to " + MAX_STATISTICS);
        }
        ObjectNode answer = Json.object();
        ArrayNode targets = answer.putArray("SamplingTargetDocuments");
        ArrayNode unprocessed = answer.putArray("UnprocessedStatistics");
        for (JsonNode document : statistics) {
            String name = Json.text(document, "RuleName");
            Rule rule = name == null ? null : rules().get(name);
            if (rule != null) {
                targets.add(target(rule));
            } else {
                ObjectNode unknown = unprocessed.addObject().put("RuleName", name);
                unknown.put("ErrorCode", "400").put("Message", "Unknown rule");
            }
        }
        return answer.put("LastRuleModification", lastModification);
    }

    /** The whole reservoir goes to whoever asks: a laptop has one service of a name. */
    private static ObjectNode target(Rule rule) {
        ObjectNode target = Json.object();
        target.set("RuleName", rule.json.path("RuleName"));
        target.set("FixedRate", rule.json.path("FixedRate"));
        target.set("ReservoirQuota", rule.json.path("ReservoirSize"));
        return target.put("ReservoirQuotaTTL", Instant.now().getEpochSecond() + INTERVAL_SECONDS)
                .put("Interval", INTERVAL_SECONDS);
    }

    private ObjectNode kept(ObjectNode json, long created) {
        lastModification = Instant.now().getEpochSecond();
        Rule rule = new Rule(json, created, lastModification);
        rules().put(json.path("RuleName").asString(""), rule);
        return inRecord(rule);
    }

    private static ObjectNode inRecord(Rule rule) {
        ObjectNode answer = Json.object();
        answer.set("SamplingRuleRecord", rule.record());
        return answer;
    }

    /** By its name or its ARN. */
    private Rule named(JsonNode asked) {
        String name = Json.text(asked, "RuleName");
        String arn = Json.text(asked, "RuleARN");
        String wanted = name == null && arn != null && arn.startsWith(ARN) ? arn.substring(ARN.length()) : name;
        Rule rule = wanted == null ? null : rules().get(wanted);
        if (rule == null) throw XRayApi.invalid("Sampling rule does not exist: " + wanted);
        return rule;
    }

    private static void take(JsonNode asked, ObjectNode json, String name, boolean required) {
        JsonNode value = asked.path(name);
        if (!value.isMissingNode() && isValid(name, value)) json.set(name, value);
        else if (required || !value.isMissingNode()) throw invalid(name);
    }

    private static boolean isValid(String name, JsonNode value) {
        Integer most = TEXTS.get(name);
        if (most != null) return value.isString() && value.stringValue().length() <= most;
        return switch (name) {
            case "Priority" -> value.isInt() && value.intValue() >= 1 && value.intValue() <= MAX_PRIORITY;
            case "FixedRate" -> value.isNumber() && value.asDouble(-1) >= 0 && value.asDouble(-1) <= 1;
            default -> value.isInt() && value.intValue() >= 0;
        };
    }

    private static Problem invalid(String name) {
        Integer most = TEXTS.get(name);
        String rule = most != null
                ? "a text of at most " + most + " characters"
                : switch (name) {
                    case "Priority" -> "a whole number from 1 to " + MAX_PRIORITY;
                    case "FixedRate" -> "a number from 0 to 1";
                    default -> "a whole number from 0";
                };
        return XRayApi.invalid("SamplingRule." + name + " must be " + rule);
    }

    private static ObjectNode attributes(JsonNode asked) {
        JsonNode attributes = asked.path("Attributes");
        ObjectNode taken = Json.object();
        for (Map.Entry<String, JsonNode> one : attributes.properties()) {
            String key = one.getKey();
            String value = one.getValue().stringValue("");
            boolean fits = !key.isEmpty() && key.length() <= MAX_ATTRIBUTE && value.length() <= MAX_ATTRIBUTE;
            if (!fits || value.isEmpty() || taken.size() == MAX_ATTRIBUTES) {
                throw XRayApi.invalid("SamplingRule.Attributes must be at most " + MAX_ATTRIBUTES + " texts of 1 to "
                        + MAX_ATTRIBUTE + " characters, as must be their keys");
            }
            taken.put(key, value);
        }
        return taken;
    }
}
