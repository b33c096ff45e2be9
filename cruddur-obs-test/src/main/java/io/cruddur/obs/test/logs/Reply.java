package io.cruddur.obs.test.logs;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** An answer over HTTP. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    private static final String TYPE = "application/x-amz-json-1.1";

    static Reply json(int status, String body) {
        return new Reply(
                status, TYPE, body, Map.of("x-amzn-RequestId", UUID.randomUUID().toString()));
    }

    /** As the service words its errors. */
    static Reply error(int status, String code, String message) {
        return json(status, JsonMapper.shared().writeValueAsString(Map.of("__type", code, "message", message)));
    }

    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 " + status + " Answer\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + content.length + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }
}
