package io.cruddur.obs.test.logs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call over HTTP/1.1: the operation, whether it is signed, and its body. */
record Request(String operation, boolean signed, byte[] body) {
    private static final String TARGET = "logs_20140328.";
    private static final int LONGEST_LINE = 16_384;
    /** A batch of 1 MiB in which each byte is escaped as six, and room for its keys. */
    private static final int LONGEST_BODY = 16 << 20;

    /** The next call of the connection; null where it ends. */
    static @Nullable Request read(InputStream in) throws IOException {
        if (line(in) == null) {
            return null;
        }
        String operation = "";
        boolean signed = false;
        int length = 0;
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            String name = header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            switch (name) {
                case "x-amz-target" ->
                    operation = value.toLowerCase(Locale.ROOT).startsWith(TARGET)
                            ? value.substring(TARGET.length())
                            : value;
                case "authorization" -> signed = value.startsWith("AWS4-HMAC-SHA256 ");
                case "content-length" -> length = Integer.parseInt(value);
                default -> {
                    // No rule of the service's hangs on it.
                }
            }
        }
        if (length > LONGEST_BODY) {
            throw new IOException("a body of " + length + " bytes");
        }
        byte[] body = new byte[length];
        if (in.readNBytes(body, 0, length) < length) {
            throw new EOFException("a body that ends early");
        }
        return new Request(operation, signed, body);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.length() == LONGEST_LINE) {
                return null;
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
