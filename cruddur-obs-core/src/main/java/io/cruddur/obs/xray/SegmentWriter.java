package io.cruddur.obs.xray;

import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes spans as X-Ray segment documents of at most {@value #MAX_DOCUMENT} bytes: one if they fit, else a subtree more
 * each time that one is full.
 *
 * <p>Depth first and in one pass, without recursion: a tree may be deeper than the stack. Each span is written once,
 * behind its parent, at the end of the buffer. When its document gets too long, the part of the open path that takes less
 * than half becomes a document of its own from where it stands; when that has ended it is handed over and taken back from
 * the buffer, and its parent's document goes on where it was. So the work is linear in the spans, whatever their shape.
 * Used by one thread.
 */
final class SegmentWriter {
    /** The service refuses documents over 64 KB. */
    static final int MAX_DOCUMENT = 64_000;

    /** Receivers limit how deep JSON may be, most of them to 1,000: a level here is two there. */
    private static final int MAX_LEVELS = 100;
    /** The ids at a document's end, and the brackets of the levels that are open in it. */
    private static final int RESERVED = 150 + 2 * MAX_LEVELS;

    private static final int LIMIT = MAX_DOCUMENT - RESERVED;
    private static final int MAX_KEPT_DEPTH = 1_024;

    private static final byte[] SUBSEGMENTS = ascii(",\"subsegments\":[");
    private static final byte[] TYPE = ascii(",\"type\":\"subsegment\"");
    private static final byte[] TRACE_ID = ascii(",\"trace_id\":");
    private static final byte[] PARENT_ID = ascii(",\"parent_id\":");

    /** A span whose children are being written. Kept and used again, and without the span, which need not be kept. */
    private static final class OpenSpan {
        /** Where its parent's text ends. */
        private int start;
        /** Where its own begins, behind the comma. */
        private int body;
        /** Which of the open spans is at the top of its document. */
        private int document;
        /** It is handed over already, without its children: it is replaced when it ends. */
        private boolean alone;

        private boolean hasChildren;
        private boolean isFirstChild;
    }

    private final JsonBuffer json = new JsonBuffer();
    private final SpanFields fields;
    private final List<OpenSpan> open = new ArrayList<>();
    private int depth;
    private boolean inProgress;

    SegmentWriter(SegmentSettings settings, Adjustments adjustments, Redactor redactor) {
        this.fields = new SpanFields(json, settings, adjustments, redactor);
    }

    /**
     * Writes a record.
     *
     * @return how many documents were handed over
     * @throws IOException what the consumer throws
     */
    int write(TraceRecord record, DocumentConsumer out) throws IOException {
        if (record.isOutdated()) {
            return 0;
        }
        json.clear();
        fields.begin(record.tree());
        depth = 0;
        inProgress = record.inProgress();
        boolean alone = !record.withDescendants();
        int documents = 0;
        SpanNode topmost = record.topmost();
        // The whole tree comes last; what is said of it before leaves less for it.
        boolean isPart = topmost.parent() != null;
        while (topmost != null) {
            SpanNode next = alone ? null : topmost.nextSibling();
            documents += writeTree(record.tree(), topmost, alone, out);
            topmost = next;
        }
        if (alone || isPart) {
            fields.end(record.tree());
        }
        if (open.size() > MAX_KEPT_DEPTH) {
            open.subList(MAX_KEPT_DEPTH, open.size()).clear();
        }
        return documents;
    }

    private int writeTree(Tree tree, SpanNode topmost, boolean alone, DocumentConsumer out) throws IOException {
        int documents = begin(tree, topmost, alone, out);
        SpanNode last = topmost;
        SpanNode next = alone ? null : topmost.firstChild();
        while (true) {
            if (next != null) {
                documents += begin(tree, next, false, out);
                last = next;
                next = last.firstChild();
                continue;
            }
            documents += end(tree, last, out);
            SpanNode parent = last.parent();
            if (depth == 0 || parent == null) {
                return documents;
            }
            next = last.nextSibling();
            last = parent;
        }
    }

    private int begin(Tree tree, SpanNode span, boolean alone, DocumentConsumer out) throws IOException {
        // Read once: it may end meanwhile.
        long end = inProgress ? 0 : span.endEpochMicros();
        OpenSpan parent = depth == 0 ? null : open.get(depth - 1);
        OpenSpan opened = push();
        if (parent != null && !parent.alone && end != 0 && depth - 1 - parent.document <= MAX_LEVELS) {
            opened.document = parent.document;
            opened.isFirstChild = !parent.hasChildren;
            if (parent.hasChildren) {
                json.literal(',');
            } else {
                json.literal(SUBSEGMENTS);
            }
            parent.hasChildren = true;
        }
        opened.body = json.length();
        fields.write(span, end, isSegment(tree, span) ? tree : null, LIMIT);
        if (end == 0 || alone) {
            opened.alone = true;
            handOver(tree, span, opened, out);
            return 1;
        }
        if (json.length() - open.get(opened.document).body > LIMIT) {
            split(opened.document);
        }
        return 0;
    }

    private OpenSpan push() {
        if (depth == open.size()) {
            open.add(new OpenSpan());
        }
        OpenSpan opened = open.get(depth);
        opened.start = json.length();
        opened.document = depth++;
        opened.alone = false;
        opened.hasChildren = false;
        opened.isFirstChild = false;
        return opened;
    }

    /** Makes the longest end of the open path that takes at most half a document a document; at least the last span. */
    private void split(int full) {
        int from = full + 1;
        while (from < depth - 1 && json.length() - open.get(from).body > LIMIT / 2) {
            from++;
        }
        for (int i = from; i < depth; i++) {
            open.get(i).document = from;
        }
    }

    private int end(Tree tree, SpanNode span, DocumentConsumer out) throws IOException {
        OpenSpan ended = open.get(depth - 1);
        int documents = 0;
        if (!ended.alone) {
            if (ended.hasChildren) {
                json.literal(']');
            }
            if (ended.document == depth - 1) {
                handOver(tree, span, ended, out);
                documents = 1;
                if (ended.isFirstChild) {
                    open.get(depth - 2).hasChildren = false;
                }
            } else {
                json.literal('}');
            }
        }
        depth--;
        return documents;
    }

    private void handOver(Tree tree, SpanNode span, OpenSpan top, DocumentConsumer out) throws IOException {
        SpanNode parent = span.parent();
        long parentId = parent == null ? tree.remoteParentId() : parent.id();
        if (parent != null || tree.isFragment()) {
            json.literal(TYPE);
        }
        json.literal(TRACE_ID).xrayTraceId(tree.idHigh(), tree.idLow());
        if (parentId != 0) {
            json.literal(PARENT_ID).hexId(parentId);
        }
        json.literal('}');
        out.accept(span.id(), json.array(), top.body, json.length() - top.body);
        json.cutBackTo(top.start, true);
    }

    private static boolean isSegment(Tree tree, SpanNode span) {
        return span.parent() == null && !tree.isFragment();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
