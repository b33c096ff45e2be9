package io.cruddur.obs.xray;

import io.cruddur.obs.aws.Connection;
import io.cruddur.obs.aws.ErrorWords;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.BatchLimits;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.Sink;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.xray.SegmentTransport.Answered;
import io.cruddur.obs.xray.SegmentTransport.Failed;
import io.cruddur.obs.xray.SegmentTransport.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends segment documents by calls of PutTraceSegments, and believes the service's answer alone. What it did not process
 * is sent again one by one; what it does not take then is lost under the service's own word. The service knows a segment
 * again by its id, so that one that is sent twice is there once.
 */
public final class TraceSegmentsSink implements Sink<TraceRecord, EncodedRecord> {
    /** 50 documents are the service's limit; a quote, a quote and a comma stand around each. */
    private static final BatchLimits LIMITS =
            new BatchLimits(50, 1 << 20, 3, Duration.ofDays(365), Duration.ofMillis(250));

    private static final String DELIVERED = "";

    private final String name;
    private final Duration attemptTimeout;
    private final SegmentDocuments documents;
    private final SegmentTransport transport;
    /** What is known of documents of a batch that has to be sent again: a reason, or {@link #DELIVERED}. */
    private final Map<UUID, String> settled = new HashMap<>();

    private TraceSegmentsSink(
            String name, Duration attemptTimeout, SegmentDocuments documents, SegmentTransport transport) {
        this.name = name;
        this.attemptTimeout = attemptTimeout;
        this.documents = documents;
        this.transport = transport;
    }

    /** Through the TCP port of a daemon, which signs calls and gives the service's answer back. */
    public static TraceSegmentsSink throughDaemon(
            String name,
            DaemonAddress address,
            Duration attemptTimeout,
            SegmentSettings settings,
            Adjustments adjustments,
            Redactor redactor) {
        return new TraceSegmentsSink(
                name,
                attemptTimeout,
                new SegmentDocuments(settings, adjustments, redactor),
                new DaemonTransport(address, attemptTimeout));
    }

    /** By the AWS SDK's client, with credentials from the SDK's chain. */
    public static TraceSegmentsSink byApi(
            String name, Connection connection, SegmentSettings settings, Adjustments adjustments, Redactor redactor) {
        return new TraceSegmentsSink(
                name,
                connection.attemptTimeout(),
                new SegmentDocuments(settings, adjustments, redactor),
                new ApiTransport(connection));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    @Override
    public Duration attemptTimeout() {
        return attemptTimeout;
    }

    @Override
    public void encode(TraceRecord record, Consumer<EncodedRecord> out) {
        documents.encode(record, out);
    }

    @Override
    public boolean isObsolete(TraceRecord record) {
        return record.isOutdated();
    }

    @Override
    public Answer send(List<EncodedRecord> batch) throws IOException {
        var open = new ArrayList<EncodedRecord>(batch);
        open.removeIf(document -> settled.containsKey(document.id()));
        if (!open.isEmpty()) {
            Answer failure = sendAll(open);
            if (failure != null) {
                return failure;
            }
        }
        var lost = new HashMap<Integer, String>();
        for (int i = 0; i < batch.size(); i++) {
            String reason = settled.getOrDefault(batch.get(i).id(), DELIVERED);
            if (!reason.equals(DELIVERED)) {
                lost.put(i, reason);
            }
        }
        settled.clear();
        return lost.isEmpty() ? Answer.DELIVERED : new Answer.Delivered(lost);
    }

    /** Null when each is settled. */
    private @Nullable Answer sendAll(List<EncodedRecord> open) throws IOException {
        Outcome outcome = transport.put(open);
        if (outcome instanceof Failed failed) {
            return failed.answer();
        }
        Map<String, String> unprocessed = ((Answered) outcome).unprocessed();
        if (unprocessed.isEmpty()) {
            return null;
        }
        if (open.size() == 1) {
            return settleOrRetry(open.get(0), unprocessed.values().iterator().next());
        }
        List<EncodedRecord> suspects = suspects(open, unprocessed);
        for (EncodedRecord document : suspects) {
            Answer failure = sendAlone(document);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** Those that the service named; all, if it named one that is not there. */
    private List<EncodedRecord> suspects(List<EncodedRecord> open, Map<String, String> unprocessed) {
        List<EncodedRecord> named = open.stream()
                .filter(document -> unprocessed.containsKey(idOf(document)))
                .toList();
        if (named.size() < unprocessed.size()) {
            return open;
        }
        for (EncodedRecord document : open) {
            if (!named.contains(document)) {
                settled.put(document.id(), DELIVERED);
            }
        }
        return named;
    }

    private static String idOf(EncodedRecord document) {
        return HexFormat.of().toHexDigits(document.id().getLeastSignificantBits());
    }

    private @Nullable Answer sendAlone(EncodedRecord document) throws IOException {
        Outcome outcome = transport.put(List.of(document));
        if (outcome instanceof Failed failed) {
            if (failed.answer() instanceof Answer.Refused refused) {
                settled.put(document.id(), refused.reason());
                return null;
            }
            return failed.answer();
        }
        Map<String, String> unprocessed = ((Answered) outcome).unprocessed();
        if (unprocessed.isEmpty()) {
            settled.put(document.id(), DELIVERED);
            return null;
        }
        return settleOrRetry(document, unprocessed.values().iterator().next());
    }

    private @Nullable Answer settleOrRetry(EncodedRecord document, String word) {
        String reason = ErrorWords.orElse(word, "unprocessed");
        if (ErrorWords.isPassing(word)) {
            return Answer.retry(reason);
        }
        settled.put(document.id(), reason);
        return null;
    }

    @Override
    public void close() {
        transport.close();
    }
}
