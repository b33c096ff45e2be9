package io.cruddur.obs.otlp;

import com.google.protobuf.ByteString;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanIds;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.Tree;
import io.cruddur.obs.trace.limits.Rounds;
import io.cruddur.obs.trace.limits.SpanLimits;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.SpanFlags;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a span of ours one of OpenTelemetry's, without its children. Used by one thread. */
final class SpanEncoder {
    /** Ids, times, the name, the status and the most links that a span may have. */
    private static final int RESERVED = 8_000;

    private static final int SAMPLED = 1;

    private final Rounds rounds;
    private final Room room;
    private final Texts texts;
    private final CallAttributes calls;
    private final OwnAttributes own;
    private final ExceptionEvents exceptions;
    private ByteString traceId = ByteString.EMPTY;

    SpanEncoder(Adjustments adjustments, Redactor redactor) {
        this.rounds = new Rounds(adjustments);
        this.room = new Room(rounds);
        this.texts = new Texts(redactor, rounds);
        this.calls = new CallAttributes(redactor);
        this.own = new OwnAttributes(texts, rounds, room, redactor);
        this.exceptions = new ExceptionEvents(texts, rounds, room);
    }

    /** Begins a record of that tree. */
    void begin(Tree tree) {
        traceId = id(tree.idHigh(), tree.idLow());
        own.begin();
    }

    /** One that has ended. */
    Span encode(Tree tree, SpanNode node, long endMicros) {
        SpanExtra extra = node.extraOrNull();
        rounds.begin();
        own.take(node, extra);
        Span.Builder span;
        do {
            room.begin(SpanLimits.MAX_BYTES - RESERVED);
            span = write(tree, node, extra, endMicros);
        } while (rounds.again());
        rounds.settle();
        own.settle();
        return span.setDroppedAttributesCount(rounds.leftOut()).build();
    }

    private Span.Builder write(Tree tree, SpanNode node, @Nullable SpanExtra extra, long endMicros) {
        // A name may be null in spite of its type: it comes from code that no checker has seen.
        String name = texts.name(String.valueOf(node.name()), SpanLimits.MAX_NAME_CHARS);
        AwsCall aws = extra == null ? null : extra.aws();
        var span = Span.newBuilder()
                .setTraceId(traceId)
                .setSpanId(id(node.id()))
                .setName(name)
                .setKind(kind(node.kind(), aws))
                .setStartTimeUnixNano(node.startEpochMicros() * 1_000)
                .setEndTimeUnixNano(endMicros * 1_000);
        writeParent(tree, node, span);
        var attributes = new Attributes(texts, room);
        if (node.parent() == null && !tree.isFragment()) {
            attributes.text("user.id", tree.user(), SpanLimits.MAX_CALL_CHARS);
            attributes.text("enduser.id", tree.user(), SpanLimits.MAX_CALL_CHARS);
            attributes.text("cruddur.sampling_rule", tree.samplingRule());
        }
        if (extra != null) {
            writeExtra(node, extra, aws, name, attributes, span);
        }
        if (!rounds.isExceeded()) {
            own.put(attributes);
        }
        return span.addAllAttributes(attributes.all());
    }

    private static void writeParent(Tree tree, SpanNode node, Span.Builder span) {
        SpanNode parent = node.parent();
        long parentId = parent == null ? tree.remoteParentId() : parent.id();
        boolean remote = parent == null && parentId != 0 && !tree.isFragment();
        if (parentId != 0) {
            span.setParentSpanId(id(parentId));
        }
        span.setFlags(SAMPLED
                | SpanFlags.SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK_VALUE
                | (remote ? SpanFlags.SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK_VALUE : 0));
    }

    private void writeExtra(
            SpanNode node,
            SpanExtra extra,
            @Nullable AwsCall aws,
            String name,
            Attributes attributes,
            Span.Builder span) {
        calls.putHttp(node, extra, attributes);
        if (extra.sql() != null) {
            calls.putSql(extra.sql(), attributes);
        }
        if (aws != null) {
            calls.putAws(name, aws, attributes);
        }
        for (SpanIds link : extra.links()) {
            span.addLinks(Span.Link.newBuilder()
                    .setTraceId(id(link.traceIdHigh(), link.traceIdLow()))
                    .setSpanId(id(link.spanId())));
        }
        for (long precursor : extra.precursors()) {
            span.addLinks(Span.Link.newBuilder()
                    .setTraceId(traceId)
                    .setSpanId(id(precursor))
                    .addAttributes(Attributes.of("cruddur.link", Attributes.text("precursor"))));
        }
        List<CapturedException> thrown = extra.exceptions();
        exceptions.write(node, thrown, span.getEndTimeUnixNano(), span);
        writeStatus(node, extra, thrown, attributes, span);
    }

    /** What a server is asked wrongly is no error of its own, and what a caller asks wrongly is one of the caller's. */
    private void writeStatus(
            SpanNode node, SpanExtra extra, List<CapturedException> thrown, Attributes attributes, Span.Builder span) {
        boolean failed = extra.isFault() || (extra.isError() && node.kind().isRemoteCall());
        if (!failed) {
            return;
        }
        var status = Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR);
        String description = exceptions.description(thrown);
        span.setStatus(description == null ? status : status.setMessage(description));
        attributes.harmless(
                "error.type",
                thrown.isEmpty()
                        ? Integer.toString(extra.status())
                        : thrown.get(0).type(),
                Integer.MAX_VALUE);
    }

    private static Span.SpanKind kind(Kind kind, @Nullable AwsCall aws) {
        return switch (kind) {
            case SERVER -> Span.SpanKind.SPAN_KIND_SERVER;
            case CLIENT -> Span.SpanKind.SPAN_KIND_CLIENT;
            case PRODUCER -> Span.SpanKind.SPAN_KIND_PRODUCER;
            case CONSUMER -> Span.SpanKind.SPAN_KIND_CONSUMER;
            // A call to AWS is one whoever recorded it.
            case INTERNAL -> aws == null ? Span.SpanKind.SPAN_KIND_INTERNAL : Span.SpanKind.SPAN_KIND_CLIENT;
        };
    }

    private static ByteString id(long high, long low) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
    }

    private static ByteString id(long id) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
    }
}
