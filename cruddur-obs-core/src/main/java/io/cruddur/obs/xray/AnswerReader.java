package io.cruddur.obs.xray;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads answers of HTTP/1.1, whose author is not trusted: all of it is bounded. Used by one thread. */
final class AnswerReader {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINE = 16_384;
    private static final int MAX_HEADERS = 100;
    private static final int NO_LENGTH = -1;

    private final InputStream in;
    private final byte[] line = new byte[MAX_LINE];
    private byte[] bytes = new byte[4_096];
    private int count;

    /** Reads from a stream with a buffer of its own: it is asked for single bytes. */
    AnswerReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next answer.
     *
     * @throws IOException if it is no HTTP, too long, or ends in its middle
     */
    HttpAnswer read() throws IOException {
        while (true) {
            int status = status(line());
            Map<String, String> headers = headers();
            if (status >= 200) {
                readBody(status, headers);
                return HttpAnswer.of(status, headers, bytes, 0, count);
            }
        }
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("not an answer of HTTP/1.1");
        }
        int status = number(line.substring(9, 12), 10);
        if (status < 100) {
            throw new IOException("not a status of HTTP");
        }
        return status;
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (int i = 0; i < MAX_HEADERS; i++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        throw new IOException("more than " + MAX_HEADERS + " headers");
    }

    private void readBody(int status, Map<String, String> headers) throws IOException {
        count = 0;
        if (status == 204 || status == 304) {
            return;
        }
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            for (int size = chunk(); size > 0; size = chunk()) {
                read(size);
                line();
            }
            headers();
            return;
        }
        String length = headers.get("content-length");
        int known = length == null ? NO_LENGTH : number(length, 10);
        if (known != NO_LENGTH) {
            read(known);
        } else {
            // Its end is the connection's.
            headers.put("connection", "close");
            readToEnd();
        }
    }

    private int chunk() throws IOException {
        String line = line();
        int semicolon = line.indexOf(';');
        return number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            int number = Integer.parseInt(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same as a negative one.
        }
        throw new IOException("not a number of HTTP");
    }

    private void read(int more) throws IOException {
        ensure(more);
        int read = in.readNBytes(bytes, count, more);
        count += read;
        if (read < more) {
            throw new EOFException("the answer ends in its middle");
        }
    }

    private void readToEnd() throws IOException {
        while (true) {
            ensure(1_024);
            int read = in.read(bytes, count, 1_024);
            if (read < 0) {
                return;
            }
            count += read;
        }
    }

    private void ensure(int more) throws IOException {
        if (more > MAX_BYTES - count) {
            throw new IOException("an answer of more than 1 MB");
        }
        if (bytes.length < count + more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + more));
        }
    }

    private String line() throws IOException {
        int end = 0;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection was closed before an answer");
            }
            if (next == '\n') {
                end = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
                return new String(line, 0, end, StandardCharsets.ISO_8859_1);
            }
            if (end == line.length) {
                throw new IOException("a line of more than 16 KB");
            }
            line[end++] = (byte) next;
        }
    }
}
