package io.cruddur.obs.sampling;

import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import io.cruddur.obs.redact.ControlCharacters;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls X-Ray through the daemon's TCP port, which signs what it passes on. One call at a time, on the poller's thread,
 * where the name is looked up too; {@link #close} comes from any other and ends the call under way.
 *
 * <p>{@link HttpURLConnection}, since it has no thread of its own: those of {@code java.net.http} cannot be ended before
 * Java 21.
 */
final class DaemonClient implements Closeable {
    private static final int CONNECT_MILLIS = 2_000;
    /** Without a byte. */
    private static final int SILENCE_MILLIS = 5_000;
    /** For the body of those who send it byte by byte. */
    private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final int MAX_ANSWER = 1 << 20;
    private static final int MAX_COMPLAINT = 200;

    private final String host;
    private final int port;
    private final int silenceMillis;
    private volatile @Nullable HttpURLConnection underWay;
    private volatile boolean closed;

    DaemonClient(String host, int port) {
        this(host, port, SILENCE_MILLIS);
    }

    /** For tests: one that waits longer for a daemon that says nothing. */
    DaemonClient(String host, int port, int silenceMillis) {
        this.host = host;
        this.port = port;
        this.silenceMillis = silenceMillis;
    }

    /**
     * The answer to a call.
     *
     * @throws IOException if there is none that can be read, with a message of one line
     */
    JsonObject post(String path, byte[] body) throws IOException {
        var call = (HttpURLConnection) new URL("http", host, port, path).openConnection(Proxy.NO_PROXY);
        underWay = call;
        if (closed) {
            throw new IOException("closed");
        }
        try {
            return Json.object(answer(call, body), Strictness.STRICT);
        } finally {
            underWay = null;
            call.disconnect();
        }
    }

    private String answer(HttpURLConnection call, byte[] body) throws IOException {
        long deadline = System.nanoTime() + CALL_NANOS;
        call.setConnectTimeout(CONNECT_MILLIS);
        call.setReadTimeout(silenceMillis);
        call.setInstanceFollowRedirects(false);
        call.setUseCaches(false);
        call.setRequestMethod("POST");
        call.setRequestProperty("Content-Type", "application/json");
        // A connection kept would have a thread to watch it, for a call every ten seconds.
        call.setRequestProperty("Connection", "close");
        call.setDoOutput(true);
        // Not kept for a second try either: this client does not try again on its own.
        call.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = call.getOutputStream()) {
            out.write(body);
        }
        int status = call.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return read(call.getInputStream(), deadline);
        }
        InputStream complaint = call.getErrorStream();
        String text = complaint == null ? "" : read(complaint, deadline);
        throw new IOException("status " + status + " "
                + ControlCharacters.escape(text.substring(0, Math.min(text.length(), MAX_COMPLAINT))));
    }

    private static String read(InputStream in, long deadline) throws IOException {
        var read = new ByteArrayOutputStream();
        byte[] part = new byte[8_192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            read.write(part, 0, n);
            if (read.size() > MAX_ANSWER) {
                throw new IOException("an answer of more than 1 MB");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("an answer that takes more than 15 s");
            }
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        HttpURLConnection call = underWay;
        if (call != null) {
            call.disconnect();
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
