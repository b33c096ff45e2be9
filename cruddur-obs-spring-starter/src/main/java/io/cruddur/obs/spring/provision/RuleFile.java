package io.cruddur.obs.spring.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import software.amazon.awssdk.services.xray.model.SamplingRule;

/** Reads a sampling rule, and says what is wrong with it. */
final class RuleFile {
    private static final String CLASS_PATH = "classpath:aws/json/xray.json";
    private static final String PATH = "file:aws/json/xray.json";
    private static final Set<String> NAMES = Set.of(
            "RuleName",
            "ResourceARN",
            "Priority",
            "FixedRate",
            "ReservoirSize",
            "ServiceName",
            "ServiceType",
            "Host",
            "HTTPMethod",
            "URLPath",
            "Version",
            "Attributes");

    private final String place;
    private final Map<String, Object> values;

    private RuleFile(String place, Map<String, Object> values) {
        this.place = place;
        this.values = values;
    }

    /**
     * Reads it from where the property says, else from {@code aws/json/xray.json} on the class path or in the working
     * directory.
     *
     * @throws IllegalArgumentException with the place and what is wrong with it
     */
    static SamplingRule read(ResourceLoader resources, @Nullable String property) {
        Resource file = find(resources, property);
        String text;
        try {
            text = file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(file.getDescription() + " cannot be read. Set"
                    + " cruddur.obs.provision-sampling-rule to a file such as classpath:aws/json/xray.json.");
        }
        return new RuleFile(file.getDescription(), parse(file.getDescription(), text)).rule();
    }

    private static Resource find(ResourceLoader resources, @Nullable String property) {
        if (property != null && !property.isBlank()) {
            String place = property.strip();
            return resources.getResource(place.contains(":") ? place : "file:" + place);
        }
        Resource onClassPath = resources.getResource(CLASS_PATH);
        return onClassPath.exists() ? onClassPath : resources.getResource(PATH);
    }

    private static Map<String, Object> parse(String place, String text) {
        try {
            Object rule = JsonParserFactory.getJsonParser().parseMap(text).get("SamplingRule");
            if (rule instanceof Map<?, ?> map) {
                Map<String, Object> values = new HashMap<>();
                map.forEach((name, value) -> values.put(String.valueOf(name), value));
                return values;
            }
        } catch (JsonParseException e) {
            // Below.
        }
        throw new IllegalArgumentException(
                place + " is not as `aws xray create-sampling-rule --cli-input-json` takes it:"
                        + " {\"SamplingRule\": {\"RuleName\": ...}}.");
    }

    private SamplingRule rule() {
        for (String name : values.keySet()) {
            if (!NAMES.contains(name)) {
                throw wrong(name, "is none of " + String.join(", ", new TreeSet<>(NAMES)));
            }
        }
        return SamplingRule.builder()
                .ruleName(text("RuleName", null))
                .resourceARN(text("ResourceARN", "*"))
                .priority((int) number("Priority", 1, 9_999))
                .fixedRate(number("FixedRate", 0, 1))
                .reservoirSize((int) number("ReservoirSize", 0, Integer.MAX_VALUE))
                .serviceName(text("ServiceName", "*"))
                .serviceType(text("ServiceType", "*"))
                .host(text("Host", "*"))
                .httpMethod(text("HTTPMethod", "*"))
                .urlPath(text("URLPath", "*"))
                .version(values.containsKey("Version") ? (int) number("Version", 1, 1) : 1)
                .attributes(attributes())
                .build();
    }

    private String text(String name, @Nullable String otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(name, "is a text");
    }

    private double number(String name, double least, double most) {
        Object value = values.get(name);
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw wrong(name, "is a number from " + plain(least) + " to " + plain(most));
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        if (values.get("Attributes") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
        }
        return attributes;
    }

    private IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException(
                place + ": SamplingRule." + name + " " + rule + "; it was " + values.get(name) + ".");
    }

    private static String plain(double number) {
        return Long.toString((long) number);
    }
}
