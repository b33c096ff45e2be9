package io.cruddur.obs.otlp;

import io.cruddur.obs.aws.platform.Platform;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tree;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record one request or several, each complete with its resource: bytes of requests, one behind the other, are
 * again a request. Goes through the tree without recursion, for it may be deeper than the stack. Used by one thread.
 */
final class TraceEncoder {
    static final int MAX_PART_BYTES = 512 * 1_024;
    static final int MAX_PART_SPANS = 2_000;

    /** The tag and the length of a span within its request. */
    private static final int FRAME_BYTES = 5;

    /** What stands for a record of which nothing has ended: no request, so nothing is sent. */
    private static final byte[] NOTHING = {};

    private final SpanEncoder spans;
    private final OtlpResource said;
    private final Redactor redactor;
    private final InstrumentationScope scope;
    private Platform platform;
    private Resource resource;

    /** The part that is being filled. */
    private ScopeSpans.Builder part;

    private int bytes;

    TraceEncoder(OtlpResource said, Adjustments adjustments, Redactor redactor) {
        this.spans = new SpanEncoder(adjustments, redactor);
        this.said = said;
        this.redactor = redactor;
        this.platform = said.platform().get();
        this.resource = resource(platform);
        var named = InstrumentationScope.newBuilder().setName("io.cruddur.obs");
        this.scope = said.sdkVersion() == null
                ? named.build()
                : named.setVersion(said.sdkVersion()).build();
        this.part = empty();
    }

    void encode(TraceRecord record, Consumer<EncodedRecord> out) {
        SpanNode first = record.topmost();
        var parts = new Parts(record, first.startEpochMicros() / 1_000, out);
        part = empty();
        bytes = 0;
        // What is said to be under way has no form here; it comes when it has ended.
        if (!record.inProgress()) {
            spans.begin(record.tree());
            if (record.withDescendants()) {
                for (SpanNode top = first; top != null; top = top.nextSibling()) {
                    writeTree(record.tree(), top, parts);
                }
            } else {
                write(record.tree(), first, parts);
            }
        }
        parts.add(part.getSpansCount() == 0 ? NOTHING : finished(), true);
        part = empty();
    }

    private void writeTree(Tree tree, SpanNode top, Parts parts) {
        for (SpanNode node = top; node != null; node = next(node, top)) {
            write(tree, node, parts);
        }
    }

    /** The one after it, parents first, under the given one. */
    private static @Nullable SpanNode next(SpanNode node, SpanNode top) {
        SpanNode child = node.firstChild();
        if (child != null) {
            return child;
        }
        for (SpanNode at = node; at != null && at != top; at = at.parent()) {
            SpanNode sibling = at.nextSibling();
            if (sibling != null) {
                return sibling;
            }
        }
        return null;
    }

    private void write(Tree tree, SpanNode node, Parts parts) {
        // Read once: it may end meanwhile.
        long end = node.endEpochMicros();
        if (end == 0) {
            return;
        }
        Span span = spans.encode(tree, node, end);
        int more = span.getSerializedSize() + FRAME_BYTES;
        if (part.getSpansCount() == MAX_PART_SPANS || bytes + more > MAX_PART_BYTES) {
            parts.add(finished(), false);
            part = empty();
            bytes = 0;
        }
        part.addSpans(span);
        bytes += more;
    }

    private ScopeSpans.Builder empty() {
        return ScopeSpans.newBuilder().setScope(scope);
    }

    private byte[] finished() {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(part))
                .build()
                .toByteArray();
    }

    @SuppressWarnings("ReferenceEquality") // it is the same object until more is known
    private Resource resource() {
        Platform now = said.platform().get();
        if (now != platform) {
            platform = now;
            resource = resource(now);
        }
        return resource;
    }

    private Resource resource(Platform on) {
        var made = Resource.newBuilder();
        said.attributes(on)
                .forEach((key, value) -> made.addAttributes(KeyValue.newBuilder()
                        .setKey(Texts.wellFormed(key))
                        .setValue(value(redactor.redactValue(key, value)))));
        return made.build();
    }

    private static AnyValue value(@Nullable Object value) {
        if (value instanceof Number number) {
            return Attributes.number(number.longValue());
        }
        return value instanceof List<?> items
                ? Attributes.array(items.stream()
                        .map(item -> Texts.wellFormed(String.valueOf(item)))
                        .toList())
                : Attributes.text(Texts.wellFormed(String.valueOf(value)));
    }

    /** The parts of one record, on their way out. */
    private record Parts(TraceRecord record, UUID id, long timestampMillis, Consumer<EncodedRecord> out) {
        Parts(TraceRecord record, long timestampMillis, Consumer<EncodedRecord> out) {
            this(record, Ids.uuid(), timestampMillis, out);
        }

        void add(byte[] bytes, boolean last) {
            out.accept(new EncodedRecord(id, timestampMillis, record.severity(), last, bytes));
        }
    }
}
