package io.cruddur.obs.cloudwatch;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/**
 * A batch as it is sent: without what the service is known to refuse. An event that is empty or too large would fail the
 * whole call; one that is out of its time would be rejected after the way there.
 */
final class Outgoing {
    /** 1 MiB with the 26 bytes that the service counts on top of each. */
    static final int MAX_EVENT_BYTES = 1_048_550;

    private static final String TOO_OLD = "too_old";
    private static final String TOO_NEW = "too_new";
    /** Between our clock and the service's. What is that close to its limits the service decides. */
    private static final long CLOCK_SLACK = Duration.ofHours(1).toMillis();

    private static final long OLDEST = Duration.ofDays(14).toMillis() + CLOCK_SLACK;
    private static final long FURTHEST_AHEAD = Duration.ofHours(2).toMillis() + CLOCK_SLACK;

    private final List<InputLogEvent> events;
    /** Of each event, its place in the batch. */
    private final int[] places;

    private final Map<Integer, String> rejected = new HashMap<>();

    Outgoing(List<EncodedRecord> batch, long nowMillis) {
        events = new ArrayList<>(batch.size());
        places = new int[batch.size()];
        for (int i = 0; i < batch.size(); i++) {
            EncodedRecord line = batch.get(i);
            String reason = refusal(line, nowMillis);
            if (reason == null) {
                places[events.size()] = i;
                events.add(event(line));
            } else {
                rejected.put(i, reason);
            }
        }
    }

    private static InputLogEvent event(EncodedRecord line) {
        return InputLogEvent.builder()
                .timestamp(line.timestampMillis())
                .message(new String(line.bytes(), StandardCharsets.UTF_8))
                .build();
    }

    private static @Nullable String refusal(EncodedRecord line, long nowMillis) {
        if (line.size() == 0) {
            return "empty";
        }
        if (line.size() > MAX_EVENT_BYTES) {
            return "too_large";
        }
        // The service has no word for times before 1970.
        if (line.timestampMillis() < Math.max(0, nowMillis - OLDEST)) {
            return TOO_OLD;
        }
        return line.timestampMillis() > nowMillis + FURTHEST_AHEAD ? TOO_NEW : null;
    }

    List<InputLogEvent> events() {
        return events;
    }

    /** The service took the events, but for those of which it says otherwise. */
    Answer taken(PutLogEventsResponse response) {
        RejectedLogEventsInfo info = response.rejectedLogEventsInfo();
        if (info != null) {
            reject(0, info.tooOldLogEventEndIndex(), TOO_OLD);
            reject(0, info.expiredLogEventEndIndex(), "expired");
            if (info.tooNewLogEventStartIndex() != null) {
                reject(info.tooNewLogEventStartIndex(), events.size(), TOO_NEW);
            }
        }
        return taken();
    }

    /** The same, where the service says no more than that. */
    Answer taken() {
        return rejected.isEmpty() ? Answer.DELIVERED : new Answer.Delivered(Map.copyOf(rejected));
    }

    private void reject(int from, @Nullable Integer to, String reason) {
        int end = to == null ? 0 : Math.min(to, events.size());
        for (int i = Math.max(0, from); i < end; i++) {
            rejected.put(places[i], reason);
        }
    }
}
