package io.cruddur.obs.console.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, never more of one than is allowed, counted after inflation: a gzip bomb ends at the limit. */
final class Bodies {

    /** Twice the largest body that any endpoint takes. */
    private static final int MAX_DRAINED = 16 << 20;

    private Bodies() {}

    /**
     * Reads what is left of a body. A client that is still sending when the answer comes and the connection closes sees
     * a broken pipe instead, and would try again what can never succeed.
     */
    static void drain(Request request) {
        // Who asks before it sends has sent nothing yet.
        if (request.getHeaders().contains(HttpHeader.EXPECT)) return;
        InputStream rest = Content.Source.asInputStream(request);
        byte[] buffer = new byte[8192];
        int left = MAX_DRAINED;
        try {
            while (left > 0) {
                int read = rest.read(buffer);
                if (read < 0) return;
                left -= read;
            }
        } catch (IOException | RuntimeException unreadable) {
            // Malformed, or it ended early: the answer goes out all the same, and most likely says so.
        }
    }

    static byte[] read(InputStream wire, long declaredLength, @Nullable String encoding, int maxBytes) {
        if (declaredLength > maxBytes) throw tooLarge(maxBytes);
        try {
            byte[] body = decoded(wire, encoding).readNBytes(maxBytes + 1);
            if (body.length > maxBytes) throw tooLarge(maxBytes);
            return body;
        } catch (ZipException damaged) {
            throw damagedGzip();
        } catch (EOFException early) {
            // Of a plain body it is the connection that ended.
            throw isPlain(encoding) ? endedEarly() : damagedGzip();
        } catch (IOException broken) {
            throw endedEarly();
        }
    }

    private static Problem damagedGzip() {
        return Problem.badRequest("The body is not valid gzip.", "Send it plain, or check how it is compressed.");
    }

    private static Problem endedEarly() {
        return Problem.badRequest("The body ended early.", "Send as many bytes as Content-Length says.");
    }

    private static boolean isPlain(@Nullable String encoding) {
        return encoding == null || encoding.equalsIgnoreCase("identity");
    }

    private static InputStream decoded(InputStream wire, @Nullable String encoding) throws IOException {
        if (encoding == null || isPlain(encoding)) return wire;
        if (encoding.equalsIgnoreCase("gzip")) return new GZIPInputStream(wire, 8192);
        throw new Problem(415, "The content encoding " + encoding + " is not known here.", "Use gzip, or none.");
    }

    private static Problem tooLarge(int maxBytes) {
        return new Problem(413, "The body is larger than " + maxBytes + " bytes.", "Send it in smaller parts.");
    }
}
