package io.cruddur.obs.sampling;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import io.cruddur.obs.trace.Wildcard;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads and checks a file of local rules; each complaint names the file, the rule and the valid form. */
final class LocalRulesFile {
    private static final String CLASS_PATH = "classpath:";
    private static final Set<String> KEYS = Set.of("version", "default", "rules");
    private static final Set<String> RULE_KEYS =
            Set.of("description", "host", "service_name", "http_method", "url_path", "fixed_target", "rate");
    private static final int MAX_BYTES = 1 << 20;

    private static final String VALID_FORM = """
            The valid form is {"version": 2, "default": {"fixed_target": 1, "rate": 0.05}, "rules": [{"description": \
            "moves", "host": "*", "http_method": "*", "url_path": "/api/move/*", "fixed_target": 0, "rate": 0.1}]}.""";

    private final String location;

    private LocalRulesFile(String location) {
        this.location = location;
    }

    /** The rules in their order, the default last. */
    static List<LocalRule> read(String location) {
        var file = new LocalRulesFile(location);
        return file.rules(file.parsed());
    }

    private JsonObject parsed() {
        try {
            // Lenient, because the X-Ray SDK's own default file has comments.
            return Json.object(content(), Strictness.LENIENT);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "There are no sampling rules at '" + location
                            + "'. Valid forms are classpath:sampling-rules.json, file:/etc/sampling-rules.json and a path.",
                    e);
        } catch (IOException e) {
            throw invalid("", "cannot be read: " + e.getMessage());
        }
    }

    private String content() throws IOException {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw invalid("", "is larger than 1 MB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private InputStream open() throws IOException {
        if (!location.startsWith(CLASS_PATH)) {
            return Files.newInputStream(path());
        }
        String name = location.substring(CLASS_PATH.length()).replaceFirst("^/+", "");
        InputStream found = null;
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        if (application != null) {
            found = application.getResourceAsStream(name);
        }
        if (found == null) {
            found = LocalRulesFile.class.getClassLoader().getResourceAsStream(name);
        }
        if (found == null) {
            throw new FileNotFoundException(name);
        }
        return found;
    }

    private Path path() throws IOException {
        try {
            return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        } catch (IllegalArgumentException e) {
            throw new FileNotFoundException(location);
        }
    }

    private List<LocalRule> rules(JsonObject file) {
        refuseUnknown(file, "", KEYS);
        Integer version = Json.count(file, "version");
        if (version == null || version < 1 || version > 2) {
            throw invalid("", "has no version 2 or 1");
        }
        var rules = new ArrayList<LocalRule>();
        JsonArray listed = Json.array(file, "rules");
        if (listed == null && file.has("rules")) {
            throw invalid("", "has rules that are no list");
        }
        if (listed != null) {
            for (JsonElement rule : listed) {
                rules.add(rule(rule, rules.size() + 1, version == 1 ? "service_name" : "host"));
            }
        }
        JsonObject otherwise = Json.object(file, "default");
        if (otherwise == null) {
            throw invalid("", "has no default rule");
        }
        for (String key : List.of("host", "service_name", "http_method", "url_path")) {
            if (otherwise.has(key)) {
                throw invalid("default", "has a " + key + "; it is for all that no other rule matches");
            }
        }
        rules.add(rule(RequestPattern.ANY, otherwise, "default"));
        return rules;
    }

    private LocalRule rule(JsonElement element, int index, String hostKey) {
        if (!(element instanceof JsonObject rule)) {
            throw invalid("rule " + index, "is not an object");
        }
        String description = Json.text(rule, "description");
        String which = "rule " + index + (description == null ? "" : " ('" + description + "')");
        var pattern = new RequestPattern(
                Wildcard.ANY,
                wildcard(rule, hostKey, which),
                wildcard(rule, "http_method", which),
                wildcard(rule, "url_path", which));
        return rule(pattern, rule, which);
    }

    private LocalRule rule(RequestPattern pattern, JsonObject rule, String which) {
        refuseUnknown(rule, which, RULE_KEYS);
        Integer perSecond = Json.count(rule, "fixed_target");
        if (perSecond == null) {
            throw invalid(
                    which, "needs a fixed_target, a whole number of traces a second; " + was(rule, "fixed_target"));
        }
        Double rate = Json.share(rule, "rate");
        if (rate == null) {
            throw invalid(which, "needs a rate, a number from 0 to 1; " + was(rule, "rate"));
        }
        return new LocalRule(pattern, perSecond, rate);
    }

    private Wildcard wildcard(JsonObject rule, String key, String which) {
        String pattern = Json.text(rule, key);
        if (pattern == null) {
            throw invalid(which, "needs a " + key + ", a text in which * and ? are wildcards; " + was(rule, key));
        }
        return new Wildcard(pattern);
    }

    /** A misspelt key would leave its rule to match what it was not meant for. */
    private void refuseUnknown(JsonObject object, String which, Set<String> known) {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw invalid(which, "has the unknown key '" + key + "'; known are " + new TreeSet<>(known));
            }
        }
    }

    private static String was(JsonObject rule, String key) {
        return rule.has(key) ? "it was " + rule.get(key) : "there is none";
    }

    private IllegalArgumentException invalid(String which, String complaint) {
        return new IllegalArgumentException("The sampling rules at '" + location + "'"
                + (which.isEmpty() ? " " : ": " + which + " ") + complaint + ". " + VALID_FORM);
    }
}
