package io.cruddur.obs.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies that are sent compressed. */
public final class Gzip {
    private Gzip() {}

    /** The bytes, compressed. */
    public static byte[] of(byte[] body) throws IOException {
        var zipped = new ByteArrayOutputStream(body.length / 4 + 64);
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(body);
        }
        return zipped.toByteArray();
    }
}
