package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.delivery.EncodedRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A way to X-Ray's PutTraceSegments. Used by one thread. */
interface SegmentTransport extends Closeable {

    /** What became of a call. */
    sealed interface Outcome {}

    /**
     * The service answered.
     *
     * @param unprocessed the error's word by the id of a segment, as the service wrote it
     */
    record Answered(Map<String, String> unprocessed) implements Outcome {}

    /** It did not take the call. */
    record Failed(Answer answer) implements Outcome {}

    /**
     * Makes one call.
     *
     * @throws IOException if there was no answer
     */
    Outcome put(List<EncodedRecord> documents) throws IOException;

    @Override
    void close();
}
