package io.cruddur.obs.log;

import io.cruddur.obs.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Key-values and MDC as one flat object of strings, as ECS wants its labels: dots in names become underscores, what is
 * nested becomes its JSON, and where two would have one name the one from the MDC is called {@code mdc_name}, then {@code
 * mdc_name_2} and so on. Used by one thread.
 */
final class Labels {
    private final JsonBuffer json = new JsonBuffer();

    Map<String, @Nullable Object> of(Map<String, @Nullable Object> fields, Map<String, @Nullable String> mdc) {
        var labels = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((key, value) -> put(labels, key, "", value));
        mdc.forEach((key, value) -> put(labels, key, "mdc_", value));
        return labels;
    }

    private void put(Map<String, @Nullable Object> labels, String key, String prefix, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String name = String.valueOf(key).replace('.', '_');
        String free = name;
        for (int i = 1; labels.containsKey(free); i++) {
            free = prefix + name + (i == 1 && !prefix.isEmpty() ? "" : "_" + Math.max(2, i));
        }
        labels.put(free, text(value));
    }

    private String text(Object value) {
        if (value instanceof Map || value instanceof Iterable) {
            return new String(json.clear().value(value).toByteArray(), StandardCharsets.UTF_8);
        }
        return String.valueOf(value);
    }
}
