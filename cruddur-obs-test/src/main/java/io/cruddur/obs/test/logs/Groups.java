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

    static final class Group {
        final String logClass;
        final Map<String, String> tags;
        final Set<String> streams = new TreeSet<>();
        int retentionDays;

        Group(String logClass, Map<String, String> tags) {
            this.logClass = logClass;
            this.tags = new HashMap<>(tags);
        }
    }

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
        groups.put(name, new Group(logClass, tags));
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
        existing(group).retentionDays = days;
    }

    synchronized void tag(String group, Map<String, String> tags) {
        existing(group).tags.putAll(tags);
    }

    synchronized void delete(String group) {
        groups.remove(group);
    }

    synchronized void deleteStream(String group, String stream) {
        existing(group).streams.remove(stream);
    }

    /** The group's days and class, if group and stream are there. */
    synchronized Group checked(String group, String stream) {
        checkGroupName(group);
        checkStreamName(stream);
        Group found = existing(group);
        if (!found.streams.contains(stream)) {
            throw ServiceError.notFound("stream");
        }
        return found;
    }

    synchronized @Nullable Group find(String name) {
        return groups.get(name);
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
