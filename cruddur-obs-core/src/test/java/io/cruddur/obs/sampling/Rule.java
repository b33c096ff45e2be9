package io.cruddur.obs.sampling;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A rule of the account, as the service writes it. */
final class Rule {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private Rule(String name, int priority) {
        with("RuleName", name).with("RuleARN", "arn:aws:xray:eu-west-1:1:sampling-rule/" + name);
        with("ResourceARN", "*")
                .with("Priority", priority)
                .with("FixedRate", 0.0)
                .with("ReservoirSize", 0);
        with("ServiceName", "*").with("ServiceType", "*").with("Host", "*").with("HTTPMethod", "*");
        with("URLPath", "*").with("Version", 1).with("Attributes", Map.of());
    }

    /** For everything, and records nothing. */
    static Rule named(String name, int priority) {
        return new Rule(name, priority);
    }

    static Rule standard() {
        return named("Default", 10_000);
    }

    Rule with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    Rule without(String field) {
        fields.remove(field);
        return this;
    }

    String json() {
        return JsonMapper.shared().writeValueAsString(fields);
    }
}
