package io.cruddur.obs.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What came back.
 *
 * @param status the status, whatever it is: nothing is followed
 * @param headers the headers
 * @param body the body, or its beginning
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, HttpHeaders headers, byte[] body) {
    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
