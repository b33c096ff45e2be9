package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What few spans have, and what threads other than the owner add. Thread-safe. */
public final class SpanExtra {
    private static final int MAX_EXCEPTIONS = 10;
    private static final int MAX_FOREIGN = 256;

    private record Foreign(
            String key, @Nullable Object value, @Nullable String namespace) {}

    private final List<Foreign> foreign = new ArrayList<>(0);
    private final List<CapturedException> exceptions = new ArrayList<>(0);
    private @Nullable HttpRequest request;
    private int status;
    private long contentLength = -1;

    synchronized void addForeign(String key, @Nullable Object value, @Nullable String namespace) {
        if (foreign.size() < MAX_FOREIGN) {
            foreign.add(new Foreign(key, value, namespace));
        }
    }

    synchronized void addException(CapturedException exception) {
        if (exceptions.size() < MAX_EXCEPTIONS && !holds(exception)) {
            exceptions.add(exception);
        }
    }

    /** Whether this very exception is recorded here, not only one that looks like it. */
    @SuppressWarnings("ReferenceEquality")
    public synchronized boolean holds(CapturedException exception) {
        for (CapturedException known : exceptions) {
            if (known == exception) {
                return true;
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

    synchronized void forEachForeign(AttributeVisitor visitor) {
        for (Foreign attribute : foreign) {
            visitor.visit(attribute.key, attribute.value, attribute.namespace);
        }
    }

    /** The exceptions recorded, oldest first. */
    public synchronized List<CapturedException> exceptions() {
        return List.copyOf(exceptions);
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

    /** A fault: an exception, or a status of 500 and above. */
    public synchronized boolean isFault() {
        return status >= 500 || (!exceptions.isEmpty() && status < 400);
    }

    /** An error of the caller: a status of 400 to 499. */
    public synchronized boolean isError() {
        return status >= 400 && status < 500;
    }

    /** The caller asked too often: status 429. */
    public synchronized boolean isThrottle() {
        return status == 429;
    }
}
