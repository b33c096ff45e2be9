package io.cruddur.obs.xray;

import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.AttributeVisitor;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.trace.limits.Allowance;
import io.cruddur.obs.trace.limits.SpanLimits;
import io.cruddur.obs.xray.QuotedTexts.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes annotations and metadata. A key that was set twice stands once, with its last value; spans have few, so they
 * are compared with each other instead of being put into maps. Nothing of the usual span is kept in a field: a reference
 * stored in an old object costs the collector more than the look-up. Used by one thread.
 */
final class AttributeFields implements AttributeVisitor {
    private static final byte[] ANNOTATIONS = ",\"annotations\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] METADATA = ",\"metadata\":{".getBytes(StandardCharsets.US_ASCII);
    private static final String LEFT_OUT_NAMESPACE = "cruddur-obs";

    private record More(
            String key, @Nullable Object value, @Nullable String namespace) {}

    private final JsonBuffer json;
    private final Allowance allowance;
    private final Redactor redactor;
    private final QuotedTexts annotationKeys;
    private final QuotedTexts metadataKeys;
    /** What the span's own thread did not add. */
    private final List<More> more = new ArrayList<>();

    private int own;
    private int count;
    private int annotationsLeft;
    private int annotationsWritten;

    AttributeFields(JsonBuffer json, Allowance allowance, Redactor redactor) {
        this.json = json;
        this.allowance = allowance;
        this.redactor = redactor;
        this.annotationKeys = new QuotedTexts(redactor, Names::annotationKey, "", ":");
        this.metadataKeys = new QuotedTexts(redactor, Names::metadataKey, "", ":");
    }

    /** Begins with what other records of the same trace have left. */
    void begin(Tree tree) {
        annotationsLeft = SpanLimits.MAX_ANNOTATIONS - tree.annotationsSent();
    }

    /** Leaves the rest to other records of the trace. */
    void end(Tree tree) {
        tree.annotationsSent(SpanLimits.MAX_ANNOTATIONS - annotationsLeft);
    }

    /** Takes what the span has now; each {@link #write} after writes just that. */
    void take(SpanNode span, @Nullable SpanExtra extra) {
        own = span.attributeCount();
        count = own;
        if (extra != null) {
            more.clear();
            extra.forEachMore(this);
            count += more.size();
        }
    }

    @Override
    public void visit(String key, @Nullable Object value, @Nullable String namespace) {
        more.add(new More(key, value, namespace));
    }

    private String key(SpanNode span, int at) {
        // It may be null in spite of its type: it comes from code that no checker has seen.
        return String.valueOf(at < own ? span.attributeKey(at) : more.get(at - own).key);
    }

    private @Nullable Object value(SpanNode span, int at) {
        return at < own ? span.attributeValue(at) : more.get(at - own).value;
    }

    private @Nullable String namespace(SpanNode span, int at) {
        return at < own ? span.attributeNamespace(at) : more.get(at - own).namespace;
    }

    void write(SpanNode span) {
        annotationsWritten = 0;
        boolean any = false;
        boolean anyMetadata = false;
        for (int i = 0; i < count && !allowance.isExceeded(); i++) {
            if (namespace(span, i) != null) {
                anyMetadata = true;
            } else if (!isSetAgain(span, i, null)) {
                any = writeAnnotation(annotationKeys.of(key(span, i)), value(span, i), any);
            }
        }
        if (any) {
            json.endObject();
        }
        if (anyMetadata || allowance.leftOut() > 0) {
            writeMetadata(span);
        }
    }

    /** Fixes what the last {@link #write} used up of the trace's annotations. */
    void settle() {
        annotationsLeft -= annotationsWritten;
    }

    private boolean writeAnnotation(Quoted key, @Nullable Object value, boolean open) {
        if (annotationsWritten == annotationsLeft) {
            allowance.adjusted(Adjustment.ATTRIBUTE_DROPPED, key.text());
            return open;
        }
        int before = json.length();
        if (!open) {
            json.literal(ANNOTATIONS);
        }
        json.key(key.bytes());
        writeAnnotationValue(key, shown(key, value));
        if (!allowance.keeps(before, true, key.text())) {
            return open;
        }
        annotationsWritten++;
        if (key.isChanged()) {
            allowance.adjusted(Adjustment.KEY_CHANGED, key.harmless());
        }
        return true;
    }

    private @Nullable Object shown(Quoted key, @Nullable Object value) {
        return value == null || value instanceof Boolean || !key.isSensitive() ? value : redactor.takeOut(value);
    }

    private void writeAnnotationValue(Quoted key, @Nullable Object value) {
        if (value instanceof String text) {
            allowance.string(key.text(), text, SpanLimits.MAX_ANNOTATION_CHARS);
        } else if (value instanceof Boolean
                || (value instanceof Number number && Double.isFinite(number.doubleValue()))) {
            json.value(value);
        } else {
            allowance.adjusted(Adjustment.VALUE_CHANGED, key.text());
            allowance.string(key.text(), String.valueOf(value), SpanLimits.MAX_ANNOTATION_CHARS);
        }
    }

    private void writeMetadata(SpanNode span) {
        json.literal(METADATA);
        boolean any = false;
        for (int i = 0; i < count && !allowance.isExceeded(); i++) {
            String namespace = namespace(span, i);
            if (namespace != null && isFirstOf(span, namespace, i)) {
                int before = json.length();
                json.key(metadataKeys.of(namespace).bytes()).beginObject();
                writeNamespace(span, namespace, i);
                json.endObject();
                any |= allowance.keeps(before, any, namespace);
            }
        }
        if (allowance.leftOut() > 0) {
            json.beginObject(LEFT_OUT_NAMESPACE)
                    .field("left out", allowance.leftOut())
                    .endObject();
        }
        json.endObject();
    }

    private void writeNamespace(SpanNode span, String namespace, int from) {
        boolean any = false;
        for (int i = from; i < count && !allowance.isExceeded(); i++) {
            if (isSameNamespace(namespace(span, i), namespace) && !isSetAgain(span, i, namespace)) {
                int before = json.length();
                Quoted key = metadataKeys.of(key(span, i));
                json.key(key.bytes());
                allowance.value(key.text(), shown(key, value(span, i)));
                any |= allowance.keeps(before, any, key.text());
            }
        }
    }

    private boolean isFirstOf(SpanNode span, String namespace, int at) {
        for (int i = 0; i < at; i++) {
            if (isSameNamespace(namespace(span, i), namespace)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSetAgain(SpanNode span, int at, @Nullable String namespace) {
        if (at + 1 == count) {
            return false;
        }
        String key = key(span, at);
        for (int i = at + 1; i < count; i++) {
            if (isSameNamespace(namespace(span, i), namespace)
                    && (namespace == null ? annotationKeys : metadataKeys).isSame(key(span, i), key)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // most are the usual one, or null for both
    private boolean isSameNamespace(@Nullable String a, @Nullable String b) {
        return a == b || (a != null && b != null && metadataKeys.isSame(a, b));
    }
}
