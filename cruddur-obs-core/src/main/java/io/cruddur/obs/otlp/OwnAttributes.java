package io.cruddur.obs.otlp;

import com.google.protobuf.ByteString;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.AttributeVisitor;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.limits.Allowance;
import io.cruddur.obs.trace.limits.Rounds;
import io.cruddur.obs.trace.limits.SpanLimits;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the application says of a span: its annotations and its metadata.
 *
 * <p>X-Ray indexes those attributes alone whose keys {@code aws.xray.annotations} lists; metadata of a namespace is the JSON
 * text of {@code aws.xray.metadata.<namespace>}. Both are the words of the collector's exporter and receiver for X-Ray, so
 * that a trace that comes by them is the trace that the daemon would have got:
 * <a href="https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsxrayexporter">awsxrayexporter</a>.
 * Used by one thread.
 */
final class OwnAttributes {
    static final String INDEXED = "aws.xray.annotations";
    static final String METADATA = "aws.xray.metadata.";

    private record Own(String key, @Nullable Object value) {}

    private final Texts texts;
    private final Rounds rounds;
    private final Room room;
    private final Redactor redactor;
    private final JsonBuffer json = new JsonBuffer();
    private final Allowance values;
    private final List<Own> annotations = new ArrayList<>();
    /** By namespace and key, as they were said last. */
    private final Map<String, Map<String, @Nullable Object>> metadata = new LinkedHashMap<>();

    private final AttributeVisitor taker = this::take;
    private int indexedOfRecord;
    private int indexedOfSpan;

    OwnAttributes(Texts texts, Rounds rounds, Room room, Redactor redactor) {
        this.texts = texts;
        this.rounds = rounds;
        this.room = room;
        this.redactor = redactor;
        this.values = new Allowance(json, rounds, redactor);
    }

    /** Begins another record. */
    void begin() {
        indexedOfRecord = 0;
    }

    /** Takes what a span has now; each {@link #put} after writes just that. */
    void take(SpanNode span, @Nullable SpanExtra extra) {
        annotations.clear();
        metadata.clear();
        int own = span.attributeCount();
        for (int i = 0; i < own; i++) {
            take(span.attributeKey(i), span.attributeValue(i), span.attributeNamespace(i));
        }
        if (extra != null) {
            extra.forEachMore(taker);
        }
    }

    private void take(String said, @Nullable Object value, @Nullable String namespace) {
        String key = texts.key(said);
        // By the name as it was said: a part of it may be gone.
        Object shown = value != null && !(value instanceof Boolean) && redactor.isSensitive(String.valueOf(said))
                ? redactor.takeOut(value)
                : value;
        if (namespace == null) {
            annotations.add(new Own(key, shown));
        } else {
            metadata.computeIfAbsent(texts.key(namespace), unused -> new LinkedHashMap<>())
                    .put(key, shown);
        }
    }

    void put(Attributes to) {
        Set<String> indexed = new LinkedHashSet<>();
        for (Own annotation : annotations) {
            if (to.put(annotation.key, annotationValue(annotation))
                    && indexedOfRecord + indexed.size() < SpanLimits.MAX_ANNOTATIONS) {
                indexed.add(annotation.key);
            }
        }
        indexedOfSpan = indexed.size();
        metadata.forEach((namespace, entries) -> putMetadata(namespace, entries, to));
        if (!indexed.isEmpty()) {
            to.put(INDEXED, Attributes.array(List.copyOf(indexed)));
        }
    }

    /** Fixes what the last {@link #put} used up of what is indexed. */
    void settle() {
        indexedOfRecord += indexedOfSpan;
    }

    private AnyValue annotationValue(Own annotation) {
        Object value = annotation.value;
        var any = AnyValue.newBuilder();
        if (value instanceof Boolean flag) {
            return any.setBoolValue(flag).build();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return any.setIntValue(((Number) value).longValue()).build();
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return any.setDoubleValue(number.doubleValue()).build();
        }
        if (!(value instanceof String)) {
            rounds.adjusted(Adjustment.VALUE_CHANGED, annotation.key);
        }
        return any.setStringValue(texts.value(annotation.key, String.valueOf(value), SpanLimits.MAX_ANNOTATION_CHARS))
                .build();
    }

    private void putMetadata(String namespace, Map<String, @Nullable Object> entries, Attributes to) {
        String name = METADATA + namespace;
        // The attribute's own frame, as much as a key of ASCII and its lengths take.
        int most = room.left() - 3 * name.length() - 16;
        json.clear().beginObject();
        boolean any = false;
        for (Map.Entry<String, @Nullable Object> entry : entries.entrySet()) {
            int before = json.length();
            json.key(entry.getKey());
            values.value(entry.getKey(), entry.getValue());
            if (rounds.keeps(json.length() < most, entry.getKey())) {
                any = true;
            } else {
                json.cutBackTo(before, any);
            }
        }
        if (any) {
            json.endObject();
            to.put(
                    name,
                    AnyValue.newBuilder()
                            .setStringValueBytes(ByteString.copyFrom(json.array(), 0, json.length()))
                            .build());
        }
    }
}
