package io.cruddur.obs.aws.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process runs on, as X-Ray says it. Immutable.
 *
 * @param origin the kind of AWS resource, such as {@code AWS::ECS::Container}; null where none is known
 * @param facts what is known of it: strings and whole numbers by their names, by {@code ec2}, {@code ecs}, {@code eks}
 *     and {@code elastic_beanstalk}
 * @param logs the CloudWatch log groups in which its lines are found
 */
public record Platform(@Nullable String origin, Map<String, Map<String, Object>> facts, List<LogGroup> logs) {
    /** Nothing is known. */
    public static final Platform UNKNOWN = new Platform(null, Map.of(), List.of());

    /**
     * A log group.
     *
     * @param name its name
     * @param arn its ARN; null where that is not known
     */
    public record LogGroup(String name, @Nullable String arn) {}

    /** Copies what can be changed, and keeps its order. */
    public Platform {
        var copy = new LinkedHashMap<String, Map<String, Object>>();
        facts.forEach((of, known) -> copy.put(of, Collections.unmodifiableMap(new LinkedHashMap<>(known))));
        facts = Collections.unmodifiableMap(copy);
        logs = List.copyOf(logs);
    }

    /** One of which only the kind is known. */
    public static Platform of(String origin) {
        return new Platform(origin, Map.of(), List.of());
    }

    /** A fact as text; null where it is not known. */
    public @Nullable String fact(String of, String name) {
        Object value = facts.getOrDefault(of, Map.of()).get(name);
        return value == null ? null : value.toString();
    }
}
