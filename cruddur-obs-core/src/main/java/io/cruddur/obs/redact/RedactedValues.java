package io.cruddur.obs.redact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps and lists without secrets; copied only where one was found. */
final class RedactedValues {
    private RedactedValues() {}

    static @Nullable Object of(Redactor redactor, @Nullable Object captured) {
        if (captured instanceof Map<?, ?> map) {
            return map(redactor, map);
        }
        return captured instanceof List<?> items ? list(redactor, items) : captured;
    }

    private static Object map(Redactor redactor, Map<?, ?> map) {
        Map<String, @Nullable Object> copy = null;
        int at = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            String key = redactor.redact(name);
            Object value = redactor.redactValue(name, entry.getValue());
            if (copy == null && (isOther(key, name) || isOther(value, entry.getValue()))) {
                copy = beginning(map, at);
            }
            if (copy != null) {
                copy.put(key, value);
            }
            at++;
        }
        return copy == null ? map : copy;
    }

    private static Map<String, @Nullable Object> beginning(Map<?, ?> map, int count) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (copy.size() == count) {
                break;
            }
            copy.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return copy;
    }

    private static Object list(Redactor redactor, List<?> items) {
        List<@Nullable Object> copy = null;
        for (int i = 0; i < items.size(); i++) {
            Object value = redactor.redactValue(items.get(i));
            if (copy == null && isOther(value, items.get(i))) {
                copy = new ArrayList<>(items.subList(0, i));
            }
            if (copy != null) {
                copy.add(value);
            }
        }
        return copy == null ? items : copy;
    }

    @SuppressWarnings("ReferenceEquality") // what has no secret comes back as the same object
    private static boolean isOther(@Nullable Object a, @Nullable Object b) {
        return a != b;
    }
}
