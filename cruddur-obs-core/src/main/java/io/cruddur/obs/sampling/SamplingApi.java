package io.cruddur.obs.sampling;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.cruddur.obs.json.JsonBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** X-Ray's two calls about sampling, in their JSON. Used by one thread. */
final class SamplingApi {
    private static final Logger LOG = LoggerFactory.getLogger(SamplingApi.class);
    /** The service's limit for a call. */
    static final int MAX_REPORTS = 25;
    /** An account has some 25 rules; who sends pages without end is not X-Ray. */
    private static final int MAX_PAGES = 50;

    /**
     * The rules that can match here.
     *
     * @param rules at least one
     * @param modified when one of them was last edited, by the service's clock
     */
    record Rules(Collection<RuleDefinition> rules, double modified) {}

    /** What a rule decided since the last time. */
    record Report(CentralRule rule, Tally.Counts counts) {}

    /**
     * The answer to reports.
     *
     * @param targets by the rule's name
     * @param unprocessed the rules whose report must be sent again
     * @param modified when a rule was last edited, by the service's clock
     */
    record Targets(Map<String, Target> targets, Set<String> unprocessed, double modified) {}

    private final DaemonClient daemon;
    private final ServiceFacts service;
    private final String clientId;

    SamplingApi(DaemonClient daemon, ServiceFacts service) {
        this.daemon = daemon;
        this.service = service;
        var random = ThreadLocalRandom.current();
        this.clientId = String.format("%016x%08x", random.nextLong(), random.nextInt());
    }

    /** Whether calls fail because nobody wants them any more. */
    boolean isClosed() {
        return daemon.isClosed();
    }

    Rules rules() throws IOException {
        var rules = new LinkedHashMap<String, RuleDefinition>();
        double modified = 0;
        String nextPage = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var request =
                    new JsonBuffer().beginObject().field("NextToken", nextPage).endObject();
            JsonObject answer = daemon.post("/GetSamplingRules", request.toByteArray());
            for (JsonObject record : objects(answer, "SamplingRuleRecords")) {
                Double at = Json.number(record, "ModifiedAt");
                modified = Math.max(modified, at == null ? 0 : at);
                RuleDefinition rule = usable(Json.object(record, "SamplingRule"));
                if (rule != null) {
                    rules.put(rule.name(), rule);
                }
            }
            nextPage = Json.text(answer, "NextToken");
            if (nextPage == null || nextPage.isEmpty()) {
                if (rules.isEmpty()) {
                    throw new IOException("an answer without a rule that can be used");
                }
                return new Rules(rules.values(), modified);
            }
        }
        throw new IOException("rules of more than " + MAX_PAGES + " pages");
    }

    private @Nullable RuleDefinition usable(@Nullable JsonObject rule) {
        RuleDefinition definition = rule == null || !service.fit(rule) ? null : RuleDefinition.of(rule);
        if (definition == null) {
            LOG.debug("A sampling rule is left out, because it cannot match here or cannot be read: {}", rule);
        }
        return definition;
    }

    Targets targets(List<Report> reports, long epochSeconds) throws IOException {
        JsonObject answer = daemon.post("/SamplingTargets", request(reports, epochSeconds));
        var targets = new HashMap<String, Target>();
        for (JsonObject document : objects(answer, "SamplingTargetDocuments")) {
            Target target = Target.of(document);
            if (target != null) {
                targets.put(target.rule(), target);
            }
        }
        var unprocessed = new HashSet<String>();
        if (answer.has("UnprocessedStatistics")) {
            for (JsonObject document : objects(answer, "UnprocessedStatistics")) {
                String rule = Json.text(document, "RuleName");
                if (rule != null) {
                    LOG.debug("The statistics of a sampling rule were refused: {}", document);
                    unprocessed.add(rule);
                }
            }
        }
        Double modified = Json.number(answer, "LastRuleModification");
        return new Targets(targets, unprocessed, modified == null ? 0 : modified);
    }

    private byte[] request(List<Report> reports, long epochSeconds) {
        var json = new JsonBuffer().beginObject().beginArray("SamplingStatisticsDocuments");
        for (Report report : reports) {
            json.beginObject().field("RuleName", report.rule().name()).field("ClientID", clientId);
            json.field("Timestamp", epochSeconds)
                    .field("RequestCount", report.counts().requests());
            json.field("SampledCount", report.counts().sampled());
            json.field("BorrowCount", report.counts().borrowed()).endObject();
        }
        return json.endArray().endObject().toByteArray();
    }

    private static List<JsonObject> objects(JsonObject answer, String key) throws IOException {
        JsonArray found = Json.array(answer, key);
        if (found == null) {
            throw new IOException("an answer without " + key);
        }
        var objects = new ArrayList<JsonObject>();
        for (JsonElement element : found) {
            if (element instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }
}
