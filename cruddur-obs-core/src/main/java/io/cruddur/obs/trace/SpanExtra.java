package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What few spans have, and what threads other than the owner add. Thread-safe. */
public final class SpanExtra {
    private static final int MAX_EXCEPTIONS = 10;
    /** A span with more is a mistake in a loop; the service indexes 50 a trace. */
    private static final int MAX_MORE = 256;

    private static final int MAX_LINKS = 32;

    /** What was said outright of a failure; 0 for nothing. */
    private static final byte MARKED = 1;

    private static final byte UNMARKED = -1;

    private record Attribute(
            String key, @Nullable Object value, @Nullable String namespace) {}

    private @Nullable List<Attribute> more;
    private @Nullable List<CapturedException> exceptions;
    private @Nullable List<SpanIds> links;
    private @Nullable List<Long> precursors;
    private @Nullable HttpRequest request;
    private @Nullable SqlCall sql;
    private @Nullable AwsCall aws;
    private volatile @Nullable Attachment attachment;
    private int status;
    private long contentLength = -1;
    private byte fault;
    private byte error;
    private byte throttle;

    SpanExtra() {}

    SpanExtra(Attachment attachment) {
        this.attachment = attachment;
    }

    @Nullable Attachment attachment() {
        return attachment;
    }

    synchronized Attachment attach(SpanNode span, Function<? super SpanNode, ? extends Attachment> made) {
        Attachment present = attachment;
        if (present == null) {
            attachment = present = made.apply(span);
        }
        return present;
    }

    /** Outside the lock: what is attached may add to the span. */
    void beforeEnd() {
        Attachment present = attachment;
        if (present != null) {
            present.beforeEnd();
        }
    }

    synchronized void markFault(boolean marked) {
        fault = mark(marked);
    }

    synchronized void markError(boolean marked) {
        error = mark(marked);
    }

    synchronized void markThrottle(boolean marked) {
        throttle = mark(marked);
    }

    private static byte mark(boolean marked) {
        return marked ? MARKED : UNMARKED;
    }

    /** False if there are too many. */
    synchronized boolean addMore(String key, @Nullable Object value, @Nullable String namespace) {
        if (more == null) {
            more = new ArrayList<>();
        }
        return more.size() < MAX_MORE && more.add(new Attribute(key, value, namespace));
    }

    synchronized void addException(CapturedException exception) {
        if (exceptions == null) {
            exceptions = new ArrayList<>(1);
        }
        if (exceptions.size() < MAX_EXCEPTIONS && !holds(exception)) {
            exceptions.add(exception);
        }
    }

    synchronized boolean addLink(SpanIds other) {
        if (links == null) {
            links = new ArrayList<>(1);
        }
        return links.size() < MAX_LINKS && links.add(other);
    }

    synchronized boolean addPrecursor(long spanId) {
        if (precursors == null) {
            precursors = new ArrayList<>(1);
        }
        return precursors.size() < MAX_LINKS && precursors.add(spanId);
    }

    /** Whether this very exception is recorded here, not only one that looks like it. */
    @SuppressWarnings("ReferenceEquality")
    public synchronized boolean holds(CapturedException exception) {
        if (exceptions != null) {
            for (CapturedException known : exceptions) {
                if (known == exception) {
                    return true;
                }
            }
        }
        return false;
    }

    synchronized void httpRequest(HttpRequest newRequest) {
        request = newRequest;
    }

    synchronized void httpResponse(int newStatus, long newContentLength) {
        status = newStatus;
        contentLength = newContentLength;
    }

    synchronized void sql(SqlCall call) {
        sql = call;
    }

    synchronized void aws(AwsCall call) {
        aws = call;
    }

    /** Calls back for each attribute that another thread added, or that was one too many, oldest first. */
    public synchronized void forEachMore(AttributeVisitor visitor) {
        if (more != null) {
            for (Attribute attribute : more) {
                visitor.visit(attribute.key, attribute.value, attribute.namespace);
            }
        }
    }

    /** The exceptions recorded, oldest first. */
    public synchronized List<CapturedException> exceptions() {
        return exceptions == null ? List.of() : List.copyOf(exceptions);
    }

    /** Spans of other traces that have to do with this one. */
    public synchronized List<SpanIds> links() {
        return links == null ? List.of() : List.copyOf(links);
    }

    /** The ids of siblings that had to end before. */
    public synchronized List<Long> precursors() {
        return precursors == null ? List.of() : List.copyOf(precursors);
    }

    /** The request, if this span has one. */
    public synchronized @Nullable HttpRequest request() {
        return request;
    }

    /** The status of the answer; 0 without one. */
    public synchronized int status() {
        return status;
    }

    /** The length of the answer's body in bytes; -1 when it is not known. */
    public synchronized long contentLength() {
        return contentLength;
    }

    /** The query, if this span is one. */
    public synchronized @Nullable SqlCall sql() {
        return sql;
    }

    /** The call to AWS, if this span is one. */
    public synchronized @Nullable AwsCall aws() {
        return aws;
    }

    /** A fault: an exception, or a status of 500 and above; or what was said outright. */
    public synchronized boolean isFault() {
        return fault != 0 ? fault == MARKED : status >= 500 || (exceptions != null && status < 400);
    }

    /** An error of the caller: a status of 400 to 499; or what was said outright. */
    public synchronized boolean isError() {
        return error != 0 ? error == MARKED : status >= 400 && status < 500;
    }

    /** The caller asked too often: status 429; or what was said outright. */
    public synchronized boolean isThrottle() {
        return throttle != 0 ? throttle == MARKED : status == 429;
    }
}
