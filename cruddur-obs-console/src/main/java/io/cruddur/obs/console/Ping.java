package io.cruddur.obs.console;

import io.cruddur.obs.console.internal.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** How one console knows another: {@code GET /api/ping}, which tells nothing else. */
final class Ping {

    static final String PATH = "/api/ping";

    private static final String ANSWER = "{\"console\":\"cruddur-obs\"}";

    /** A console answers at once, even on a busy machine within this time; another program may never do. */
    private static final int TIMEOUT_MILLIS = 2_000;

    private Ping() {}

    static Answer answer() {
        return Answer.bytes(200, "application/json", ANSWER.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the console on the port lets whoever has this token read. */
    static boolean takes(String token, int port) {
        try {
            HttpURLConnection connection = connection(port, "/?token=" + token);
            try {
                return connection.getResponseCode() == 303;
            } finally {
                connection.disconnect();
            }
        } catch (IOException gone) {
            return false;
        }
    }

    private static HttpURLConnection connection(int port, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    /** Whether a console of ours listens on the port. */
    static boolean isAnswered(int port) {
        try {
            HttpURLConnection connection = connection(port, PATH);
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readNBytes(ANSWER.length() + 1), StandardCharsets.UTF_8).equals(ANSWER);
            } finally {
                connection.disconnect();
            }
        } catch (IOException somethingElse) {
            return false;
        }
    }
}
