package io.cruddur.obs.test.otlp;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came.
 *
 * @param path the path to which it was posted
 * @param headers by name, in any case
 * @param body the bytes on the wire, compressed or not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedRequest(String path, Map<String, List<String>> headers, byte[] body) {

    /** Lets names be asked for in any case. */
    public ReceivedRequest {
        var anyCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** The first value of a header; empty without one. */
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }
}
