package io.cruddur.obs.test.logs;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The log groups and streams that exist, and the rules for their names. Thread-safe. */
final class Groups {
    private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
    private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");
    private static final Set<String> CLASSES = Set.of("STANDARD", "INFREQUENT_ACCESS", "DELIVERY");
    private static final Set<Integer> DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);
    private static final int MOST_TAGS = 50;

    /** How a group keeps its events; 0 days for ever. */
    record Kept(int retentionDays, String logClass, Map<String, String> tags) {}

    private record Group(Kept kept, Set<String> streams) {}

    private final Map<String, Group> groups = new TreeMap<>();

    synchronized void create(String name, String logClass, Map<String, String> tags) {
        checkGroupName(name);
        if (!CLASSES.contains(logClass)) {
            throw invalid("logGroupClass", "Member must satisfy enum value set: " + CLASSES);
        }
        if (tags.size() > MOST_TAGS || tags.keySet().stream().anyMatch(key -> key.isEmpty() || key.length() > 128)) {
            throw invalid("tags", "Member must have at most 50 tags with keys of 1 to 128 characters");
        }
        if (groups.containsKey(name)) {
            throw ServiceError.alreadyExists("group");
        }
        groups.put(name, new Group(new Kept(0, logClass, Map.copyOf(tags)), new TreeSet<>()));
    }

    synchronized void createStream(String group, String name) {
        checkGroupName(group);
        checkStreamName(name);
        if (!existing(group).streams.add(name)) {
            throw ServiceError.alreadyExists("stream");
        }
    }

    synchronized void retain(String group, int days) {
        if (!DAYS.contains(days)) {
            throw invalid("retentionInDays", "Member must be a retention period of CloudWatch Logs");
        }
        Kept before = existing(group).kept;
        keep(group, new Kept(days, before.logClass, before.tags));
    }

    synchronized void tag(String group, Map<String, String> tags) {
        Kept before = existing(group).kept;
        var all = new HashMap<>(before.tags);
        all.putAll(tags);
        keep(group, new Kept(before.retentionDays, before.logClass, Map.copyOf(all)));
    }

    private void keep(String group, Kept kept) {
        groups.put(group, new Group(kept, existing(group).streams));
    }

    synchronized void delete(String group) {
        groups.remove(group);
    }

    synchronized void deleteStream(String group, String stream) {
        existing(group).streams.remove(stream);
    }

    /** How the group keeps events, if it and the stream are there. */
    synchronized Kept checked(String group, String stream) {
        checkGroupName(group);
        checkStreamName(stream);
        Group found = existing(group);
        if (!found.streams.contains(stream)) {
            throw ServiceError.notFound("stream");
        }
        return found.kept;
    }

    synchronized @Nullable Kept kept(String name) {
        Group group = groups.get(name);
        return group == null ? null : group.kept;
    }

    synchronized Set<String> streams(String name) {
        Group group = groups.get(name);
        return group == null ? Set.of() : Set.copyOf(group.streams);
    }

    synchronized Set<String> names() {
        return new TreeSet<>(groups.keySet());
    }

    private Group existing(String name) {
        Group group = groups.get(name);
        if (group == null) {
            throw ServiceError.notFound("group");
        }
        return group;
    }

    private static void checkGroupName(String name) {
        if (!GROUP.matcher(name).matches()) {
            throw invalid("logGroupName", "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
        }
        if (name.startsWith("aws/")) {
            throw ServiceError.invalidParameter("Log groups starting with aws/ are reserved for AWS.");
        }
    }

    private static void checkStreamName(String name) {
        if (!STREAM.matcher(name).matches()) {
            throw invalid("logStreamName", "Member must satisfy regular expression pattern: [^:*]*");
        }
    }

    private static ServiceError invalid(String field, String rule) {
        return ServiceError.invalidParameter(
                "1 validation error detected: Value at '" + field + "' failed to satisfy constraint: " + rule);
    }
}
