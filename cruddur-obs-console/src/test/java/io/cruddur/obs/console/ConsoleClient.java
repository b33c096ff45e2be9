package io.cruddur.obs.console;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a console over real sockets, as programs and the page do. */
final class ConsoleClient {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Not the console's own: an answer must suit any program's defaults. */
    private static final JsonMapper JSON = new JsonMapper();

    private final Console console;

    ConsoleClient(Console console) {
        this.console = console;
    }

    record Reply(int status, HttpHeaders headers, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JacksonException invalid) {
                throw new AssertionError("Not JSON: " + body, invalid);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** With the token. */
    Reply get(String path) {
        return send("GET", path, new byte[0], "Authorization", "Bearer " + console.token());
    }

    JsonNode json(String path) {
        Reply reply = get(path);
        if (reply.status() != 200) throw new AssertionError("GET " + path + " answered " + reply);
        return reply.json();
    }

    /** Without the token. */
    Reply post(String path, String body, String... headers) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + console.port()).resolve(path))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new AssertionError(method + " " + path + " failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** One daemon datagram. */
    void datagram(String document) {
        rawDatagram("{\"format\":\"json\",\"version\":1}\n" + document);
    }

    void rawDatagram(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            socket.send(new DatagramPacket(bytes, bytes.length, loopback, console.port()));
        } catch (IOException failure) {
            throw new AssertionError("The datagram cannot be sent", failure);
        }
    }

    static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }
}
