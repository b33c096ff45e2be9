package io.cruddur.obs.xray;

import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.trace.limits.Allowance;
import io.cruddur.obs.trace.limits.Rounds;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes all that a span says of itself, without its children: an object that is left open. Used by one thread. */
final class SpanFields {
    /** Room for the count of what was left out. */
    private static final int MARK = 64;

    private static final byte[] START_TIME = ascii("\",\"start_time\":");
    private static final byte[] END_TIME = ascii(",\"end_time\":");
    private static final byte[] IN_PROGRESS = ascii(",\"in_progress\":true");
    private static final byte[] NAMESPACE_AWS = ascii(",\"namespace\":\"aws\"");
    private static final byte[] NAMESPACE_REMOTE = ascii(",\"namespace\":\"remote\"");
    private static final byte[] END_AWS = ascii("}}");

    private final JsonBuffer json;
    private final Allowance allowance;
    private final AttributeFields attributes;
    private final CallFields calls;
    private final CauseFields causes;
    private final QuotedTexts names;
    private final QuotedTexts rules;
    private final ProcessFields process;

    SpanFields(JsonBuffer json, SegmentSettings settings, Adjustments adjustments, Redactor redactor) {
        this.json = json;
        this.allowance = new Allowance(json, new Rounds(adjustments), redactor);
        this.attributes = new AttributeFields(json, allowance, redactor);
        this.calls = new CallFields(json, allowance);
        this.causes = new CauseFields(json, allowance);
        this.names = new QuotedTexts(redactor, Names::segmentName, "{\"name\":", ",\"id\":\"");
        this.rules = new QuotedTexts(redactor, Names::metadataKey, ",\"rule_name\":", "");
        this.process = new ProcessFields(settings, redactor);
    }

    void begin(Tree tree) {
        attributes.begin(tree);
    }

    void end(Tree tree) {
        attributes.end(tree);
    }

    /**
     * Writes the fields.
     *
     * @param endMicros its end in epoch microseconds; 0 for a span that is in progress
     * @param segment the tree, if the span is a segment; null for a subsegment
     * @param maxBytes the most that they may take
     */
    void write(SpanNode span, long endMicros, @Nullable Tree segment, int maxBytes) {
        int start = json.length();
        SpanExtra extra = span.extraOrNull();
        attributes.take(span, extra);
        allowance.begin(maxBytes - MARK);
        do {
            json.cutBackTo(start, false);
            writeRound(span, extra, endMicros, segment);
        } while (allowance.again());
        allowance.settle();
        attributes.settle();
    }

    private void writeRound(SpanNode span, @Nullable SpanExtra extra, long endMicros, @Nullable Tree segment) {
        // A name may be null in spite of its type: it comes from code that no checker has seen.
        json.literal(names.of(String.valueOf(span.name())).bytes()).hexDigits(span.id());
        json.literal(START_TIME).epochSeconds(span.startEpochMicros());
        if (endMicros == 0) {
            json.literal(IN_PROGRESS);
        } else {
            json.literal(END_TIME).epochSeconds(endMicros);
        }
        AwsCall aws = extra == null ? null : extra.aws();
        if (segment != null) {
            writeSegment(segment);
        } else if (aws != null) {
            json.literal(NAMESPACE_AWS);
        } else if (span.kind().isRemoteCall()) {
            json.literal(NAMESPACE_REMOTE);
        }
        json.commaNext();
        if (extra != null) {
            writeExtra(extra, aws, segment != null);
            causes.write(span, extra.exceptions());
        }
        if (!allowance.isExceeded()) {
            attributes.write(span);
        }
    }

    private void writeSegment(Tree segment) {
        process.write(json, segment.origin());
        String rule = segment.samplingRule();
        if (rule != null) {
            json.literal(rules.of(rule).bytes());
        }
        json.literal(END_AWS).commaNext();
        calls.writeUser(segment.user());
    }

    private void writeExtra(SpanExtra extra, @Nullable AwsCall aws, boolean segment) {
        if (extra.isFault()) {
            json.flag("fault");
        }
        if (extra.isError()) {
            json.flag("error");
        }
        if (extra.isThrottle()) {
            json.flag("throttle");
        }
        calls.writeHttp(extra);
        calls.writeLinks(extra.links());
        SqlCall sql = extra.sql();
        if (!segment) {
            calls.writePrecursors(extra.precursors());
        } else if (sql != null || aws != null || !extra.precursors().isEmpty()) {
            // Only a subsegment calls, or comes after another.
            allowance.adjusted(Adjustment.ATTRIBUTE_DROPPED, "sql, aws or precursor of a segment");
            return;
        }
        if (sql != null) {
            calls.writeSql(sql);
        }
        if (aws != null) {
            calls.writeAws(aws);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
