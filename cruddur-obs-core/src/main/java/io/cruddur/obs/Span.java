package io.cruddur.obs;

import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SqlCall;
import org.jspecify.annotations.Nullable;

/**
 * Work under way. Close it to end it: {@link #close()} ends this span and no other, may be called twice, in any order
 * and on any thread, and gives the thread back what was current before. Adding to a span that has ended does nothing.
 * Never null: when nothing is recorded, the span is an object that does nothing. Thread-safe.
 */
public interface Span extends AutoCloseable {

    /**
     * Adds an annotation, by which X-Ray can be searched.
     *
     * @param key letters, digits and {@code _}; X-Ray indexes at most 50 keys a trace
     * @param value at most 1,000 characters; longer ones are cut
     */
    Span annotate(String key, @Nullable String value);

    /** Adds a numeric annotation. */
    Span annotate(String key, long value);

    /** Adds a numeric annotation; NaN and the infinities become text. */
    Span annotate(String key, double value);

    /** Adds a boolean annotation. */
    Span annotate(String key, boolean value);

    /** Adds metadata, which is shown but not searched, under the namespace {@code default}. */
    default Span metadata(String key, @Nullable Object value) {
        return metadata("default", key, value);
    }

    /**
     * Adds metadata under a namespace. The value is copied now: maps, collections, arrays, numbers, booleans and text
     * as they are, anything else as its {@code toString()}; bounded in depth and size.
     */
    Span metadata(String namespace, String key, @Nullable Object value);

    /** Records an exception; the span is a fault. Null is passed over, as {@code CompletableFuture.handle} gives it. */
    Span exception(@Nullable Throwable exception);

    /** Records the HTTP request that this span answers or makes. */
    Span http(HttpRequest request);

    /**
     * Records the answer: 4xx marks the span as an error, 429 as throttled, 5xx as a fault.
     *
     * @param contentLength bytes of the body; -1 when it is not known
     */
    Span httpResponse(int status, long contentLength);

    /** Records a query. */
    Span sql(SqlCall call);

    /** Records a call to AWS; X-Ray shows the span as one of the service that was called. */
    Span aws(AwsCall call);

    /**
     * Records who the request is for; it is kept with the whole request.
     *
     * @param user at most 250 characters; longer ones are cut
     */
    Span user(String user);

    /** Records that a span of another trace has to do with this one, such as the one that sent the message. */
    Span link(TraceContext other);

    /** Records that a span with the same parent had to end before this one could begin. */
    Span precursor(TraceContext earlier);

    /** Its ids, for headers and links. */
    TraceContext context();

    /** Whether anything that is added goes anywhere; lets a caller skip costly values. */
    boolean isRecording();

    /**
     * Stops being current on the calling thread without ending, together with whatever is still open under it there. For
     * work that goes on elsewhere and is closed there, and before a thread goes back to its pool.
     */
    void detach();

    /** Ends the span. */
    @Override
    void close();
}
