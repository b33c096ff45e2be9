package io.cruddur.obs.xray;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What came back over HTTP.
 *
 * @param status 200 to 999
 * @param headers by name in lower case; of several of a name the last
 * @param body all of it
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {
    /** Written by every service as X-Ray writes it when nothing is wrong; so it need not be parsed. */
    private static final String ALL_PROCESSED = "{\"UnprocessedTraceSegments\":[]}";

    static HttpAnswer of(int status, Map<String, String> headers, byte[] bytes, int from, int to) {
        return new HttpAnswer(status, headers, new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean saysAllIsProcessed() {
        return body.equals(ALL_PROCESSED);
    }
}
