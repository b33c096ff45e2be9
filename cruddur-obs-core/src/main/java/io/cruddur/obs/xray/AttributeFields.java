package io.cruddur.obs.xray;

import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.trace.Adjustment;
import io.cruddur.obs.trace.AttributeVisitor;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.xray.QuotedTexts.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes annotations and metadata. A key that was set twice stands once, with its last value; spans have few, so they
 * are compared with each other instead of being put into maps. Used by one thread.
 */
final class AttributeFields implements AttributeVisitor {
    /** The service indexes no more a trace. */
    private static final int MAX_ANNOTATIONS = 50;

    private static final int MAX_ANNOTATION_CHARS = 1_000;
    private static final byte[] ANNOTATIONS = ",\"annotations\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] METADATA = ",\"metadata\":{".getBytes(StandardCharsets.US_ASCII);
    private static final String LEFT_OUT_NAMESPACE = "cruddur-obs";

    private final JsonBuffer json;
    private final Allowance allowance;
    private final QuotedTexts annotationKeys = new QuotedTexts(Names::annotationKey);
    private final QuotedTexts metadataKeys = new QuotedTexts(Names::metadataKey);

    private Quoted[] keys = new Quoted[64];
    private @Nullable Object[] values = new @Nullable Object[64];
    /** Null for an annotation. */
    private @Nullable Quoted[] namespaces = new @Nullable Quoted[64];

    private int count;
    private int annotationsLeft;
    private int annotationsWritten;

    AttributeFields(JsonBuffer json, Allowance allowance) {
        this.json = json;
        this.allowance = allowance;
    }

    void beginTrace() {
        annotationsLeft = MAX_ANNOTATIONS;
    }

    /** Takes what the span has now; each {@link #write} after writes just that. */
    void take(SpanNode span) {
        Arrays.fill(values, 0, count, null);
        count = 0;
        int own = span.attributeCount();
        for (int i = 0; i < own; i++) {
            visit(span.attributeKey(i), span.attributeValue(i), span.attributeNamespace(i));
        }
        SpanExtra extra = span.extraOrNull();
        if (extra != null) {
            extra.forEachMore(this);
        }
    }

    @Override
    public void visit(String key, @Nullable Object value, @Nullable String namespace) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
            namespaces = Arrays.copyOf(namespaces, 2 * count);
        }
        // A key may be null in spite of its type: it comes from code that no checker has seen.
        String source = String.valueOf(key);
        keys[count] = (namespace == null ? annotationKeys : metadataKeys).of(source);
        namespaces[count] = namespace == null ? null : metadataKeys.of(namespace);
        values[count++] = value;
    }

    void write() {
        annotationsWritten = 0;
        boolean any = false;
        boolean anyMetadata = false;
        for (int i = 0; i < count && !allowance.isExceeded(); i++) {
            if (namespaces[i] != null) {
                anyMetadata = true;
            } else if (!isSetAgain(i)) {
                any = writeAnnotation(keys[i], values[i], any);
            }
        }
        if (any) {
            json.endObject();
        }
        if (anyMetadata || allowance.leftOut() > 0) {
            writeMetadata();
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
        json.key(key.quoted());
        writeAnnotationValue(key, value);
        if (!allowance.keeps(before, true, key.text())) {
            return open;
        }
        annotationsWritten++;
        if (key.isChanged()) {
            allowance.adjusted(Adjustment.KEY_CHANGED, key.source());
        }
        return true;
    }

    private void writeAnnotationValue(Quoted key, @Nullable Object value) {
        if (value instanceof Boolean || (value instanceof Number number && Double.isFinite(number.doubleValue()))) {
            json.value(value);
            return;
        }
        if (!(value instanceof String)) {
            allowance.adjusted(Adjustment.VALUE_CHANGED, key.text());
        }
        allowance.string(key.text(), String.valueOf(value), MAX_ANNOTATION_CHARS);
    }

    private void writeMetadata() {
        json.literal(METADATA);
        boolean any = false;
        for (int i = 0; i < count && !allowance.isExceeded(); i++) {
            Quoted namespace = namespaces[i];
            if (namespace != null && isFirstOf(namespace, i)) {
                int before = json.length();
                json.key(namespace.quoted()).beginObject();
                writeNamespace(namespace, i);
                json.endObject();
                any |= allowance.keeps(before, any, namespace.text());
            }
        }
        if (allowance.leftOut() > 0) {
            json.beginObject(LEFT_OUT_NAMESPACE)
                    .field("left out", allowance.leftOut())
                    .endObject();
        }
        json.endObject();
    }

    private void writeNamespace(Quoted namespace, int from) {
        boolean any = false;
        for (int i = from; i < count && !allowance.isExceeded(); i++) {
            if (isSame(namespaces[i], namespace) && !isSetAgain(i)) {
                int before = json.length();
                json.key(keys[i].quoted());
                allowance.value(keys[i].text(), values[i]);
                any |= allowance.keeps(before, any, keys[i].text());
            }
        }
    }

    private boolean isFirstOf(Quoted namespace, int at) {
        for (int i = 0; i < at; i++) {
            if (isSame(namespaces[i], namespace)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSetAgain(int at) {
        for (int i = at + 1; i < count; i++) {
            if (isSame(keys[i], keys[at]) && isSame(namespaces[i], namespaces[at])) {
                return true;
            }
        }
        return false;
    }

    /** The cache gives the same object for most texts: most comparisons end with the first. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable Quoted a, @Nullable Quoted b) {
        return a == b || (a != null && b != null && a.text().equals(b.text()));
    }
}
