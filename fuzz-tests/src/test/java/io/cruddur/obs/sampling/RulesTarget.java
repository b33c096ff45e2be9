package io.cruddur.obs.sampling;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import java.io.IOException;

/** What answers on the daemon's port: rules that cannot be read are not rules, and nothing else is thrown. */
public final class RulesTarget {
    private RulesTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, UTF_8);
        for (Strictness strictness : Strictness.values()) {
            try {
                JsonObject rule = Json.object(text, strictness);
                RuleDefinition.of(rule);
                for (JsonElement inner : rule.asMap().values()) {
                    if (inner instanceof JsonObject object) {
                        RuleDefinition.of(object);
                    }
                }
            } catch (IOException notJson) {
                if (notJson.getMessage() == null || notJson.getMessage().contains("\n")) {
                    throw new AssertionError("not one line: " + notJson.getMessage(), notJson);
                }
            }
        }
    }
}
