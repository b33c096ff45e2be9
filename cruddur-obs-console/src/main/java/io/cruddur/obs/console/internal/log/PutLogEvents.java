package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The call that brings log events, with the service's own limits: what breaks a limit of the batch fails the whole
 * call, an event out of the window of time is left out and reported.
 */
final class PutLogEvents {

    private static final int MAX_BATCH_BYTES = 1_048_576;
    private static final int OVERHEAD_BYTES = 26;
    private static final int MAX_EVENTS = 10_000;
    private static final long MAX_SPAN = Duration.ofHours(24).toMillis();
    private static final long MAX_AGE = Duration.ofDays(14).toMillis();
    private static final long MAX_AHEAD = Duration.ofHours(2).toMillis();

    private record Event(long timestamp, String message) {}

    private final LogGroups groups;
    private final LogStore logs;

    PutLogEvents(LogGroups groups, LogStore logs) {
        this.groups = groups;
        this.logs = logs;
    }

    ObjectNode call(JsonNode request, long now) {
        String group = CloudWatchLogsApi.required(request, "logGroupName");
        String stream = CloudWatchLogsApi.required(request, "logStreamName");
        List<Event> events = events(request.path("logEvents"));
        checkSize(events);
        checkOrder(events);
        Integer retentionDays = groups.retentionDays(group);
        LogGroups.Names names = groups.names(group, stream);

        Window window = Window.of(events, now, retentionDays);
        List<Event> taken = events.subList(window.start(), window.end());
        logs.add(taken.stream()
                .map(event -> LogLine.of(names.group(), names.stream(), event.timestamp, now, event.message))
                .toList());
        if (!taken.isEmpty()) {
            groups.wrote(group, stream, taken.get(0).timestamp, taken.get(taken.size() - 1).timestamp, now);
        }
        return answer(window, events.size());
    }

    private static List<Event> events(JsonNode nodes) {
        if (!nodes.isArray() || nodes.isEmpty()) {
            throw invalid("Value at 'logEvents' failed to satisfy constraint: Member must have length greater than or"
                    + " equal to 1");
        }
        if (nodes.size() > MAX_EVENTS) {
            throw invalid("Value at 'logEvents' failed to satisfy constraint: Member must have length less than or"
                    + " equal to " + MAX_EVENTS);
        }
        List<Event> events = new ArrayList<>(nodes.size());
        for (JsonNode node : nodes) {
            JsonNode timestamp = node.path("timestamp");
            if (!timestamp.isIntegralNumber() || timestamp.asLong(-1) < 0) {
                throw invalid("Value at 'logEvents." + (events.size() + 1) + ".member.timestamp' failed to satisfy"
                        + " constraint: Member must be a number of milliseconds greater than or equal to 0");
            }
            String message = Json.text(node, "message");
            if (message == null) {
                throw invalid("Value at 'logEvents." + (events.size() + 1) + ".member.message' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 1");
            }
            events.add(new Event(timestamp.asLong(), message));
        }
        return events;
    }

    private static void checkSize(List<Event> events) {
        long bytes = 0;
        for (Event event : events) bytes += event.message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD_BYTES;
        if (bytes > MAX_BATCH_BYTES) {
            throw ServiceError.invalidParameter((events.size() == 1 ? "Log event" : "Upload") + " too large: " + bytes
                    + " bytes exceeds limit of " + MAX_BATCH_BYTES);
        }
    }

    private static void checkOrder(List<Event> events) {
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).timestamp < events.get(i - 1).timestamp) {
                throw ServiceError.invalidParameter(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
        }
        if (events.get(events.size() - 1).timestamp - events.get(0).timestamp > MAX_SPAN) {
            throw ServiceError.invalidParameter(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    /**
     * Which of the events, being in order of time, are taken: those from {@code start} to before {@code end}.
     *
     * @param tooOldEnd the first that is not too old for the service
     * @param expiredEnd the first that is not too old for its group
     */
    private record Window(int tooOldEnd, int expiredEnd, int start, int end) {

        static Window of(List<Event> events, long now, @Nullable Integer retentionDays) {
            int tooOldEnd = firstFrom(events, now - MAX_AGE);
            int expiredEnd = retentionDays == null
                    ? 0
                    : firstFrom(events, now - Duration.ofDays(retentionDays).toMillis());
            int end = firstFrom(events, now + MAX_AHEAD + 1);
            return new Window(tooOldEnd, expiredEnd, Math.max(tooOldEnd, expiredEnd), end);
        }

        private static int firstFrom(List<Event> events, long time) {
            int index = 0;
            while (index < events.size() && events.get(index).timestamp < time) index++;
            return index;
        }
    }

    private static ObjectNode answer(Window window, int count) {
        // Sequence tokens are ignored since 2023, and still answered.
        ObjectNode answer = Json.object().put("nextSequenceToken", "0");
        if (window.start == 0 && window.end == count) return answer;
        ObjectNode rejected = answer.putObject("rejectedLogEventsInfo");
        if (window.tooOldEnd > 0) rejected.put("tooOldLogEventEndIndex", window.tooOldEnd);
        if (window.expiredEnd > 0) rejected.put("expiredLogEventEndIndex", window.expiredEnd);
        if (window.end < count) rejected.put("tooNewLogEventStartIndex", window.end);
        return answer;
    }

    private static ServiceError invalid(String text) {
        return ServiceError.invalidParameter("1 validation error detected: " + text);
    }
}
