package io.cruddur.obs.spring;

import io.cruddur.obs.LogOptions;
import java.util.Map;
import java.util.function.BiFunction;

/** From the properties of logs to the builder's options; each that cannot be used is named. */
final class LogSettings {
    static final String GROUP_FORM = "1 to 512 letters, digits and _ - / . #, such as /cruddur/backend";

    private static final String PREFIX = "cruddur.obs.logs.";

    private LogSettings() {}

    static void apply(ObsProperties.Logs logs, LogOptions options) {
        Integer days = logs.retentionDays();
        if (days != null) {
            Checked.value(
                    PREFIX + "retention-days",
                    "a period that CloudWatch Logs has, such as 1, 7, 30, 90 or 365",
                    () -> options.retentionDays(days));
        }
        options.logClass(logs.logClass());
        each(logs.tags(), "tags", "1 to 128 letters, digits, spaces and _ . : / = + - @", options::tag);
        if (logs.entity() != null) {
            options.entity(logs.entity());
        }
        each(logs.entityAttributes(), "entity-attributes", "1 to 512 characters", options::entityAttribute);
        each(logs.groups(), "groups", GROUP_FORM, options::group);
    }

    private static void each(
            Map<String, String> values, String name, String form, BiFunction<String, String, LogOptions> option) {
        values.forEach(
                (key, value) -> Checked.value(PREFIX + name + "." + key, form, () -> option.apply(key, value.strip())));
    }
}
