package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.EncodedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a call of PutTraceSegments: a head, and documents as JSON strings in a list. All in one buffer, so that they
 * leave in one piece. Used by one thread.
 */
final class SegmentsRequest {
    /** For the head, which is written last: it says how long the rest is. */
    private static final int HEAD_ROOM = 512;

    private static final byte[] BEGIN = ascii("{\"TraceSegmentDocuments\":[");
    private static final byte[] END = ascii("]}");
    /** How many bytes stand before one. */
    private static final byte[] ESCAPES = new byte[256];

    static {
        ESCAPES['"'] = 1;
        ESCAPES['\\'] = 1;
    }

    private final String head;
    private byte[] bytes = new byte[64 * 1_024];
    private int length;

    SegmentsRequest(DaemonAddress address) {
        String host = address.tcpHost().indexOf(':') >= 0 ? '[' + address.tcpHost() + ']' : address.tcpHost();
        this.head = "POST /TraceSegments HTTP/1.1\r\nHost: " + host + ':' + address.tcpPort()
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    /** Valid until the next call. */
    ByteBuffer of(List<EncodedRecord> documents) {
        length = HEAD_ROOM;
        append(BEGIN);
        for (int i = 0; i < documents.size(); i++) {
            byte[] document = documents.get(i).bytes();
            ensure(2 * document.length + 3);
            if (i > 0) {
                bytes[length++] = ',';
            }
            bytes[length++] = '"';
            escape(document);
            bytes[length++] = '"';
        }
        append(END);
        byte[] start = ascii(head + (length - HEAD_ROOM) + "\r\n\r\n");
        if (start.length > HEAD_ROOM) {
            throw new IllegalStateException("a name of a host of " + start.length + " characters");
        }
        int from = HEAD_ROOM - start.length;
        System.arraycopy(start, 0, bytes, from, start.length);
        return ByteBuffer.wrap(bytes, from, length - from);
    }

    /** A document is JSON already: there are no control characters in it. */
    private void escape(byte[] document) {
        byte[] to = bytes;
        int at = length;
        for (byte b : document) {
            // Written always and overwritten mostly: where quotes are is nothing that a processor could foresee.
            to[at] = '\\';
            at += ESCAPES[b & 0xFF];
            to[at++] = b;
        }
        length = at;
    }

    private void append(byte[] some) {
        ensure(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
