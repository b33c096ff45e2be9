package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.notifications;
import static io.cruddur.obs.console.Documents.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.console.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The live stream. */
class EventStreamTest extends WithConsole {

    private final List<HttpURLConnection> open = new ArrayList<>();

    /** A server-sent event. */
    private record Event(String id, String kind, JsonNode data) {}

    @AfterEach
    void disconnect() {
        open.forEach(HttpURLConnection::disconnect);
    }

    @Test
    void whatArrivesIsTold() throws Exception {
        Stream stream = connect();
        client.post("/TraceSegments", put(notifications()));

        Event trace = stream.next();
        assertThat(trace.kind).isEqualTo("trace");
        assertThat(trace.data.path("name").asString()).isEqualTo("GET /api/activities/notifications");

        new LogLines(client).put("two\nlines");
        Event line = stream.next();
        assertThat(line.kind).isEqualTo("log");
        assertThat(line.data.path("message").asString()).isEqualTo("two\nlines");

        client.post("/api/1/item/", Items.message("u1", "broken").toString());
        Event error = stream.next();
        assertThat(error.kind).isEqualTo("problem");
        assertThat(error.data.path("title").asString()).isEqualTo("broken");

        client.post(
                "/api/delivery",
                "{\"service\":\"s\",\"process\":\"p\",\"time\":\"2026-11-22T16:00:01Z\",\"sinks\":[]}");
        Event report = stream.next();
        assertThat(report.kind).isEqualTo("delivery");
        assertThat(report.data.path("process").asString()).isEqualTo("p");
    }

    @Test
    void whatCameBeforeIsNotTold() throws Exception {
        new LogLines(client).put("before");
        Stream stream = connect();
        client.post("/TraceSegments", put(notifications()));

        assertThat(stream.next().kind).isEqualTo("trace");
    }

    @Test
    void aReaderThatComesBackGetsWhatItMissed() throws Exception {
        Stream first = connect();
        LogLines lines = new LogLines(client);
        lines.put("seen");
        String last = first.next().id;
        first.close();
        lines.put("missed");
        client.post("/TraceSegments", put(notifications()));

        Stream again = resume(last);

        assertThat(again.next().data.path("message").asString()).isEqualTo("missed");
        assertThat(again.next().kind).isEqualTo("trace");
    }

    @Test
    void aTraceThatChangedSeveralTimesIsToldOnceAsItIsNow() throws Exception {
        Stream first = connect();
        LogLines lines = new LogLines(client);
        lines.put("start");
        String last = first.next().id;
        client.post("/TraceSegments", put(notifications()));
        client.post(
                "/TraceSegments",
                put(Documents.subsegment(Documents.id(9), Documents.id(1), "late", 1700000000.1, 1700000000.2)));
        lines.put("end");

        Stream again = resume(last);

        assertThat(again.next().data.path("spans").asInt()).isEqualTo(4);
        assertThat(again.next().data.path("message").asString()).isEqualTo("end");
    }

    @Test
    void anIdOfAnotherRunMeansToReadAllAnew() throws Exception {
        for (String id : List.of("other123-5", "nonsense", "999999")) {
            assertThat(resume(id).next().kind).as(id).isEqualTo("cleared");
        }
    }

    @Test
    void deletingTheDataIsTold() throws Exception {
        Stream stream = connect();
        client.send("DELETE", "/api/data", new byte[0], "Authorization", "Bearer " + console.token());

        assertThat(stream.next().kind).isEqualTo("cleared");
    }

    @Test
    void aBurstIsToldByItsNewest() throws Exception {
        Stream first = connect();
        LogLines lines = new LogLines(client);
        lines.put("start");
        String last = first.next().id;
        lines.put(java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> "line " + i)
                .toList());

        Stream again = resume(last);

        assertThat(again.next().data.path("message").asString()).isEqualTo("line 800");
    }

    @Test
    void moreThanSixteenStreamsAreRefused() throws Exception {
        for (int i = 0; i < 16; i++) connect();

        assertThat(client.get("/api/stream").status()).isEqualTo(503);
        assertThat(client.get("/api/ping").status()).isEqualTo(200);
    }

    @Test
    void closingTheConsoleEndsItsStreams() throws Exception {
        Stream stream = connect();
        console.close();

        assertThat(stream.ended()).isTrue();
    }

    private Stream connect() throws IOException {
        return resume("");
    }

    private Stream resume(String lastEventId) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                console.address().resolve("/api/stream").toURL().openConnection();
        open.add(connection);
        connection.setReadTimeout((int) ConsoleClient.PATIENCE.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + console.token());
        if (!lastEventId.isEmpty()) connection.setRequestProperty("Last-Event-ID", lastEventId);
        assertThat(connection.getContentType()).isEqualTo("text/event-stream");
        Stream stream = new Stream(connection);
        stream.skipPreamble();
        return stream;
    }

    private record Stream(HttpURLConnection connection, BufferedReader lines) {

        Stream(HttpURLConnection connection) throws IOException {
            this(
                    connection,
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
        }

        /** Once it has come, the stream's place is fixed: what happens from now on is told. */
        void skipPreamble() throws IOException {
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            assertThat(lines.readLine()).isEmpty();
        }

        Event next() throws IOException, Json.NotJson {
            String id = lines.readLine();
            // Nothing for a while, which it says by a comment.
            while (id.equals(":")) {
                assertThat(lines.readLine()).isEmpty();
                id = lines.readLine();
            }
            String kind = lines.readLine();
            String data = lines.readLine();
            assertThat(lines.readLine()).isEmpty();
            return new Event(
                    id.substring("id: ".length()),
                    kind.substring("event: ".length()),
                    Json.parse(data.substring("data: ".length()).getBytes(StandardCharsets.UTF_8)));
        }

        boolean ended() {
            try {
                String line = lines.readLine();
                while (line != null && (line.isEmpty() || line.equals(":"))) line = lines.readLine();
                return line == null;
            } catch (SocketTimeoutException stillOpen) {
                return false;
            } catch (IOException brokenOff) {
                return true;
            }
        }

        void close() {
            connection.disconnect();
        }
    }

    @Test
    void pagesThatWereClosedMakeRoomSoon() throws Exception {
        for (int i = 0; i < 16; i++) connect();
        open.forEach(HttpURLConnection::disconnect);

        assertAllPlacesBecomeFree();
    }

    private void assertAllPlacesBecomeFree() {
        for (int i = 0; i < 16; i++) {
            await().atMost(ConsoleClient.PATIENCE).ignoreExceptions().untilAsserted(this::connect);
        }
    }

    @Test
    void evenAtOneMomentNoMoreThanSixteenStreamsOpen() throws Exception {
        int asked = 30;
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < asked; i++) sockets.add(new Socket(InetAddress.getLoopbackAddress(), console.port()));
            byte[] request = ("GET /api/stream HTTP/1.1\r\nHost: localhost:" + console.port()
                            + "\r\nAuthorization: Bearer " + console.token() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            for (Socket socket : sockets) socket.getOutputStream().write(request);
            int opened = 0;
            for (Socket socket : sockets) {
                socket.setSoTimeout((int) ConsoleClient.PATIENCE.toMillis());
                String status = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
                if (status.contains(" 200 ")) opened++;
            }
            assertThat(opened).isEqualTo(16);
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    @Test
    void aStreamWhoseRequestBreaksOffTakesNoPlace() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
                socket.getOutputStream()
                        .write(("GET /api/stream HTTP/1.1\r\nHost: localhost:" + console.port()
                                        + "\r\nAuthorization: Bearer " + console.token()
                                        + "\r\nContent-Length: 100\r\n\r\nhalf")
                                .getBytes(StandardCharsets.UTF_8));
            }
        }

        assertAllPlacesBecomeFree();
    }
}
