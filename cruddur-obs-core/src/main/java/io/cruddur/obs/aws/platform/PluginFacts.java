package io.cruddur.obs.aws.platform;

import com.amazonaws.xray.entities.AWSLogReference;
import com.amazonaws.xray.plugins.Plugin;
import io.cruddur.obs.aws.platform.Platform.LogGroup;
import io.cruddur.obs.capture.CapturedValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds what a plugin says to what is known, as the SDK's recorder does: a plugin that says nothing of the process does
 * not name its kind either. Bounded: each segment says all of it, and Beanstalk's file may hold anything.
 */
final class PluginFacts {
    private static final int MAX_FACTS = 8;
    private static final int MAX_CHARS = 200;
    private static final int MAX_GROUPS = 10;
    private static final int MAX_ARN = 700;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_]{1,50}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_\\-/.#]{1,512}");
    /** What the SDK makes of a cluster whose name it could not read. */
    private static final Pattern GROUP_OF_NOTHING = Pattern.compile("/aws/containerinsights/(null)?/application");

    private PluginFacts() {}

    /** What is known with what the plugin says; the kind that was known before stays. */
    static Platform add(Platform known, Plugin plugin) {
        Map<String, Object> said = said(plugin.getRuntimeContext());
        var facts = new LinkedHashMap<>(known.facts());
        if (!said.isEmpty()) {
            facts.put(plugin.getServiceName(), said);
        }
        String origin = known.origin() != null || said.isEmpty() ? known.origin() : plugin.getOrigin();
        return new Platform(origin, facts, logs(known.logs(), plugin.getLogReferences()));
    }

    private static Map<String, Object> said(Map<String, ?> context) {
        var said = new LinkedHashMap<String, Object>();
        context.forEach((name, value) -> {
            Object fact = fact(value);
            if (fact != null && said.size() < MAX_FACTS && NAME.matcher(name).matches()) {
                said.put(name, fact);
            }
        });
        return said;
    }

    private static @Nullable Object fact(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        return value instanceof String text && !text.isBlank()
                ? CapturedValue.shortenedHarmless(text, MAX_CHARS)
                : null;
    }

    private static List<LogGroup> logs(List<LogGroup> known, @Nullable Set<AWSLogReference> references) {
        var logs = new LinkedHashSet<>(known);
        for (AWSLogReference reference : references == null ? Set.<AWSLogReference>of() : references) {
            String name = reference.getLogGroup();
            if (name != null
                    && logs.size() < MAX_GROUPS
                    && GROUP.matcher(name).matches()
                    && !GROUP_OF_NOTHING.matcher(name).matches()) {
                String arn = reference.getArn();
                logs.add(new LogGroup(name, arn == null || arn.length() > MAX_ARN ? null : arn));
            }
        }
        return List.copyOf(logs);
    }
}
