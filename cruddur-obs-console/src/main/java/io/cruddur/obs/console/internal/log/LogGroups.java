package io.cruddur.obs.console.internal.log;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Log groups and streams as they were created. They outlive the lines: an exporter creates its own only once. Thread-safe. */
final class LogGroups {

    private static final int MAX_GROUPS = 500;
    private static final int MAX_STREAMS = 5_000;

    /** The names of all streams together. */
    private static final int MAX_STREAM_CHARACTERS = 1_000_000;

    /** The service's own. */
    private static final int MAX_TAGS = 50;

    /** Of all groups together: 500 groups with the most and longest tags would outweigh what the console keeps. */
    private static final int MAX_TAG_CHARACTERS = 500_000;

    /** An entry and two texts cost about as much as so many characters more. */
    private static final int TAG_OVERHEAD = 75;

    private static final Pattern GROUP_NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
    private static final Pattern STREAM_NAME = Pattern.compile("[^:*]{1,512}");

    /** Times in milliseconds; null as long as there is no event. */
    record Stream(
            String name,
            long created,
            @Nullable Long firstEvent,
            @Nullable Long lastEvent,
            @Nullable Long lastIngestion) {

        Stream after(long first, long last, long ingested) {
            return new Stream(
                    name,
                    created,
                    firstEvent == null ? first : Math.min(firstEvent, first),
                    lastEvent == null ? last : Math.max(lastEvent, last),
                    ingested);
        }
    }

    /** Of one stream. */
    record Names(String group, String stream) {}

    /** @param retentionDays null keeps for ever */
    record Group(
            String name,
            long created,
            @Nullable Integer retentionDays,
            String logClass,
            Map<String, String> tags,
            TreeMap<String, Stream> streams) {}

    private final TreeMap<String, Group> groups = new TreeMap<>();
    private int streamCount;
    private int streamCharacters;
    private int tagCharacters;

    synchronized void createGroup(String name, String logClass, Map<String, String> tags, long now) {
        if (!GROUP_NAME.matcher(name).matches()) {
            throw ServiceError.invalidParameter("1 validation error detected: Value at 'logGroupName' failed to satisfy"
                    + " constraint: Member must have 1 to 512 characters and satisfy regular expression pattern:"
                    + " [\\.\\-_/#A-Za-z0-9]+");
        }
        if (name.startsWith("aws/")) {
            throw ServiceError.invalidParameter("Log groups starting with aws/ are reserved for AWS.");
        }
        if (groups.containsKey(name)) throw ServiceError.alreadyExists("group");
        if (groups.size() >= MAX_GROUPS) throw ServiceError.limitExceeded();
        if (tags.size() > MAX_TAGS) throw tooManyTags();
        count(tags, Map.of());
        groups.put(name, new Group(name, now, null, logClass, new TreeMap<>(tags), new TreeMap<>()));
    }

    synchronized void createStream(String group, String name, long now) {
        if (!STREAM_NAME.matcher(name).matches()) {
            throw ServiceError.invalidParameter("1 validation error detected: Value at 'logStreamName' failed to"
                    + " satisfy constraint: Member must have 1 to 512 characters and satisfy regular expression"
                    + " pattern: [^:*]*");
        }
        TreeMap<String, Stream> streams = groupNamed(group).streams;
        if (streams.containsKey(name)) throw ServiceError.alreadyExists("stream");
        if (streamCount >= MAX_STREAMS || streamCharacters + name.length() > MAX_STREAM_CHARACTERS) {
            throw ServiceError.limitExceeded();
        }
        streams.put(name, new Stream(name, now, null, null, null));
        streamCount++;
        streamCharacters += name.length();
    }

    synchronized void retain(String name, int days) {
        Group group = groupNamed(name);
        groups.put(name, new Group(group.name, group.created, days, group.logClass, group.tags, group.streams));
    }

    /** Adds to the tags of the group. */
    synchronized void tag(String name, Map<String, String> tags) {
        Map<String, String> known = groupNamed(name).tags;
        Set<String> keys = new HashSet<>(known.keySet());
        keys.addAll(tags.keySet());
        if (keys.size() > MAX_TAGS) throw tooManyTags();
        count(tags, known);
        known.putAll(tags);
    }

    /** @throws ServiceError if the tags, which take the place of known ones of their keys, are too long for what is left */
    private void count(Map<String, String> tags, Map<String, String> known) {
        int change = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            String before = known.get(tag.getKey());
            change += tag.getValue().length()
                    + (before == null ? tag.getKey().length() + TAG_OVERHEAD : -before.length());
        }
        if (tagCharacters + change > MAX_TAG_CHARACTERS) throw ServiceError.limitExceeded();
        tagCharacters += change;
    }

    private static ServiceError tooManyTags() {
        return ServiceError.of("TooManyTagsException", "A resource can have at most " + MAX_TAGS + " tags.");
    }

    synchronized Map<String, String> tags(String name) {
        return Map.copyOf(groupNamed(name).tags);
    }

    /** @throws ServiceError if there is none */
    synchronized void checkGroup(String name) {
        groupNamed(name);
    }

    private Group groupNamed(String name) {
        Group group = groups.get(name);
        if (group == null) throw ServiceError.notFound("group");
        return group;
    }

    /** @return the days that the group keeps its events; null for ever
     * @throws ServiceError if there is none */
    synchronized @Nullable Integer retentionDays(String group) {
        return groupNamed(group).retentionDays;
    }

    /** @throws ServiceError if group or stream are missing */
    synchronized void checkStream(String group, String name) {
        names(group, name);
    }

    /**
     * Both names as they are kept here. A line that keeps these instead of those of its request costs no copy of them.
     *
     * @throws ServiceError if group or stream are missing
     */
    synchronized Names names(String group, String stream) {
        Group known = groupNamed(group);
        Stream knownStream = known.streams.get(stream);
        if (knownStream == null) throw ServiceError.notFound("stream");
        return new Names(known.name, knownStream.name);
    }

    synchronized void wrote(String group, String stream, long first, long last, long ingested) {
        groupNamed(group).streams.computeIfPresent(stream, (name, known) -> known.after(first, last, ingested));
    }

    synchronized List<Group> groups(String prefix) {
        return groups.values().stream()
                .filter(group -> group.name.startsWith(prefix))
                .toList();
    }

    synchronized List<Stream> streams(String group, String prefix) {
        return groupNamed(group).streams.values().stream()
                .filter(stream -> stream.name.startsWith(prefix))
                .toList();
    }
}
