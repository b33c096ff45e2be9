package io.cruddur.obs.log;

import io.cruddur.obs.json.JsonBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What each field is called, ready to be written. Immutable. */
final class FieldNames {
    /** Long enough for any schema, and short enough that the head of a line has a bound. */
    private static final int MAX_CHARS = 64;

    private final Map<LogField, byte[]> quoted = new EnumMap<>(LogField.class);
    private final boolean together;

    /**
     * The format's names, but for those that are renamed.
     *
     * @param renamed by the name that the field has in {@link LogFormat#JSON}
     * @throws IllegalArgumentException if there is no such field, if a name is blank or too long, or if two fields would
     *     have one name; says which and what is valid
     */
    FieldNames(LogFormat format, Map<String, String> renamed) {
        var names = new EnumMap<LogField, String>(LogField.class);
        for (LogField field : LogField.values()) {
            names.put(field, field.name(format));
        }
        renamed.forEach((from, to) -> names.put(named(from), checked(from, to)));
        together = name(names, LogField.MDC).equals(name(names, LogField.FIELDS));
        checkDistinct(names);
        var json = new JsonBuffer();
        names.forEach((field, name) -> quoted.put(field, json.clear().key(name).toByteArray()));
    }

    /** The name in its quotes, with a colon. */
    @SuppressWarnings("NullAway") // there is one for each
    byte[] of(LogField field) {
        return quoted.get(field);
    }

    /** Whether the MDC and the key-values share one object. */
    boolean mdcIsAmongFields() {
        return together;
    }

    private static LogField named(String name) {
        return Arrays.stream(LogField.values())
                .filter(field -> field.plainName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no field '" + name + "'. The fields are "
                        + Arrays.stream(LogField.values())
                                .map(LogField::plainName)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static String checked(String from, String to) {
        if (to.isBlank() || to.length() > MAX_CHARS) {
            throw new IllegalArgumentException("The field '" + from + "' cannot be called '" + to
                    + "': a name has 1 to " + MAX_CHARS + " characters.");
        }
        return to;
    }

    private static void checkDistinct(Map<LogField, String> names) {
        var taken = new HashMap<String, LogField>();
        names.forEach((field, name) -> {
            LogField other = taken.putIfAbsent(name, field);
            if (other != null && !(other == LogField.FIELDS && field == LogField.MDC)) {
                throw new IllegalArgumentException("The fields '" + other.plainName() + "' and '" + field.plainName()
                        + "' cannot both be called '" + name + "'.");
            }
        });
    }

    @SuppressWarnings("NullAway") // there is one for each
    private static String name(Map<LogField, String> names, LogField field) {
        return names.get(field);
    }
}
