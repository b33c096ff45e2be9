package io.cruddur.backend.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the backend, over a socket. Thread-safe. */
public final class Client {
    private static final Pattern ROOT = Pattern.compile("Root=(1-[0-9a-f]{8}-[0-9a-f]{24})");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    public Client(int port) {
        this.port = port;
    }

    /**
     * What the backend answered.
     *
     * @param traceId in X-Ray form, as the response header says; empty without one
     */
    public record Reply(int status, String contentType, String body, String traceId, HttpHeaders headers) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** @param headers names and values in turn */
    public Reply get(String path, String... headers) {
        try {
            return tryGet(path, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Reply tryGet(String path, String... headers) throws IOException {
        return send("GET", path, "", headers);
    }

    /** @param headers names and values in turn */
    public Reply post(String path, String json, String... headers) {
        try {
            return tryPost(path, json, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Reply tryPost(String path, String json, String... headers) throws IOException {
        var all = new ArrayList<>(List.of(headers));
        Collections.addAll(all, "Content-Type", "application/json");
        return send("POST", path, json, all.toArray(String[]::new));
    }

    /** @param headers names and values in turn */
    public Reply send(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    root(response.headers().firstValue("X-Amzn-Trace-Id").orElse("")),
                    response.headers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The header with a token for that user. */
    public String[] as(String handle) {
        String token = post("/dev/token", "{\"handle\": \"" + handle + "\"}")
                .json()
                .path("access_token")
                .asString();
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String root(String header) {
        Matcher root = ROOT.matcher(header);
        return root.find() ? root.group(1) : "";
    }
}
