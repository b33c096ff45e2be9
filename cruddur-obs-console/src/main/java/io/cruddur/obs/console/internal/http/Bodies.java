package io.cruddur.obs.console.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, never more of one than is allowed, counted after inflation: a gzip bomb ends at the limit. */
final class Bodies {

    private Bodies() {}

    static byte[] read(InputStream wire, long declaredLength, @Nullable String encoding, int maxBytes) {
        if (declaredLength > maxBytes) throw tooLarge(maxBytes);
        try {
            byte[] body = decoded(wire, encoding).readNBytes(maxBytes + 1);
            if (body.length > maxBytes) throw tooLarge(maxBytes);
            return body;
        } catch (ZipException | java.io.EOFException damaged) {
            throw Problem.badRequest("The body is not valid gzip.", "Send it plain, or check how it is compressed.");
        } catch (IOException broken) {
            throw Problem.badRequest("The body ended early.", "Send as many bytes as Content-Length says.");
        }
    }

    private static InputStream decoded(InputStream wire, @Nullable String encoding) throws IOException {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) return wire;
        if (encoding.equalsIgnoreCase("gzip")) return new GZIPInputStream(wire, 8192);
        throw new Problem(415, "The content encoding " + encoding + " is not known here.", "Use gzip, or none.");
    }

    private static Problem tooLarge(int maxBytes) {
        return new Problem(413, "The body is larger than " + maxBytes + " bytes.", "Send it in smaller parts.");
    }
}
