package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.ConsoleClient.Reply;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what. */
class AccessTest extends WithConsole {

    private static final List<String> ROUTES = List.of(
            "GET /",
            "GET /page/index.html",
            "GET /lib/lit-html/lit-html.js",
            "GET /api/ping",
            "GET /api/traces",
            "GET /api/stream",
            "DELETE /api/data",
            "OPTIONS /api/traces",
            "POST /",
            "POST /TraceSegments",
            "POST /GetSamplingRules",
            "POST /TraceSummaries",
            "POST /CreateSamplingRule",
            "POST /v1/traces",
            "POST /api/1/item/",
            "POST /api/delivery",
            "GET /api/map",
            "GET /nothing");

    /** Of all routes, and none. */
    private static final List<String> PATHS = List.of(
            "/",
            "/page/index.html",
            "/lib/dagre/dist/dagre.min.js",
            "/lib/lit-html/lit-html.js",
            "/api/ping",
            "/api/traces",
            "/api/traces/1-5759e988-bd862e3fe1be46a994272793",
            "/api/traces/1-5759e988-bd862e3fe1be46a994272793/download",
            "/api/map",
            "/api/logs",
            "/api/errors",
            "/api/errors/x",
            "/api/delivery",
            "/api/stream",
            "/api/data",
            "/api/1/item",
            "/api/1/item/",
            "/v1/traces",
            "/TraceSegments",
            "/TelemetryRecords",
            "/GetSamplingRules",
            "/SamplingTargets",
            "/CreateSamplingRule",
            "/UpdateSamplingRule",
            "/DeleteSamplingRule",
            "/CreateGroup",
            "/UpdateGroup",
            "/DeleteGroup",
            "/GetGroup",
            "/Groups",
            "/TraceSummaries",
            "/Traces",
            "/nothing");

    /** Each in the form "Name: value"; PORT stands for the console's. */
    private static final List<String> FOREIGN = List.of(
            "Host: evil.example",
            "Host: evil.example:PORT",
            "Host: localhost",
            "Host: localhost:1",
            "Host: 127.0.0.2:PORT",
            "Host: localhost.evil.example:PORT",
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: https://localhost:PORT",
            "Origin: http://localhost",
            "Origin: http://localhost:3000",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site");

    static Stream<Arguments> foreignRequests() {
        return ROUTES.stream().flatMap(route -> FOREIGN.stream().map(header -> Arguments.of(route, header)));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("foreignRequests")
    void whatAnotherSiteSendsIsTurnedAwayEvenWithTheToken(String route, String header) throws IOException {
        String foreign = header.replace("PORT", Integer.toString(console.port()));

        String answer = request(route, foreign);

        assertThat(RawHttp.status(answer)).isEqualTo(403);
        assertThat(answer).contains("\"error\":").contains("\"hint\":").contains("Content-Security-Policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"})
    void noMethodBringsAnotherSiteToAnyPath(String method) throws IOException {
        for (String path : PATHS) {
            for (String header : List.of("Host: evil.example:" + console.port(), "Origin: http://evil.example")) {
                String answer = request(method + " " + path, header);
                assertThat(RawHttp.status(answer)).as(path + " with " + header).isEqualTo(403);
            }
        }
    }

    static Stream<String> ownHeaders() {
        return Stream.of(
                "Host: localhost:PORT",
                "Host: LOCALHOST:PORT",
                "Host: 127.0.0.1:PORT",
                "Host: [::1]:PORT",
                "Origin: http://localhost:PORT",
                "Origin: HTTP://LocalHost:PORT",
                "Origin: http://127.0.0.1:PORT",
                "Origin: http://[::1]:PORT",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none");
    }

    @ParameterizedTest
    @MethodSource("ownHeaders")
    void ourOwnPageAndProgramsComeIn(String header) throws IOException {
        String own = header.replace("PORT", Integer.toString(console.port()));

        assertThat(RawHttp.status(request("GET /api/traces", own))).isEqualTo(200);
        assertThat(RawHttp.status(request("POST /GetSamplingRules", own))).isEqualTo(200);
    }

    @Test
    void aLinkOfAnotherSiteMayOpenThePageButNoFrameAndNoData() throws IOException {
        String[] link = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"};
        String[] frame = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"};

        assertThat(RawHttp.status(request("GET /", link))).isEqualTo(200);
        assertThat(RawHttp.status(request("GET /", frame))).isEqualTo(403);
        assertThat(RawHttp.status(request("GET /api/traces", link))).isEqualTo(403);
        assertThat(RawHttp.status(request("POST /GetSamplingRules", link))).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/traces",
                "GET /api/traces/1-5759e988-bd862e3fe1be46a994272793",
                "GET /api/traces/1-5759e988-bd862e3fe1be46a994272793/download",
                "GET /api/map",
                "GET /api/logs",
                "GET /api/errors",
                "GET /api/errors/x",
                "GET /api/delivery",
                "GET /api/stream",
                "DELETE /api/data",
                "GET /page/index.html",
                "GET /lib/lit-html/lit-html.js",
                "GET /lib/dagre/dist/dagre.min.js"
            })
    void readingTakesTheToken(String route) {
        String[] parts = route.split(" ");
        String port = Integer.toString(console.port());

        for (String[] headers : List.of(
                new String[] {},
                new String[] {"Authorization", "Bearer " + console.token() + "x"},
                new String[] {"Authorization", "Bearer "},
                new String[] {"Authorization", "Basic " + console.token()},
                new String[] {"Cookie", "cruddur-obs-console-" + port + "=wrong"},
                new String[] {"Cookie", "cruddur-obs-console-1=" + console.token()})) {
            Reply reply = client.send(parts[0], parts[1], new byte[0], headers);
            assertThat(reply.status()).as(String.join(" ", headers)).isEqualTo(401);
            assertThat(reply.json().path("hint").asString()).contains("token");
        }
    }

    @Test
    void writingTakesNone() {
        assertThat(client.post("/TraceSegments", Documents.put(Documents.notifications()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void thePageExchangesTheTokenForACookieOfItsOwnPort() {
        Reply exchange = anonymous("/?token=" + console.token());

        assertThat(exchange.status()).isEqualTo(303);
        assertThat(exchange.header("Location")).isEqualTo("/");
        String cookie = exchange.header("Set-Cookie");
        assertThat(cookie)
                .startsWith("cruddur-obs-console-" + console.port() + "=")
                .contains("; HttpOnly")
                .contains("; SameSite=Lax")
                .contains("; Path=/")
                .doesNotContain("Domain");
        String sent = "other=1; " + cookie.substring(0, cookie.indexOf(';'));
        Reply page = client.send("GET", "/", new byte[0], "Cookie", sent);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(client.send("GET", "/api/traces", new byte[0], "Cookie", sent)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutTheTokenThePageSaysWhereToFindIt() {
        for (String path : List.of("/", "/?token=wrong", "/?token=")) {
            Reply reply = anonymous(path);
            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.header("Content-Type")).startsWith("text/html");
            assertThat(reply.header("Set-Cookie")).isEmpty();
            assertThat(reply.body())
                    .contains("printed when the console started")
                    .doesNotContain(console.token());
        }
    }

    @Test
    void eachAnswerCarriesTheStrictHeaders() {
        for (Reply reply : List.of(client.get("/"), client.get("/api/traces"), client.get("/no"), anonymous("/"))) {
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("Server")).isEmpty();
        }
    }

    @Test
    void theLibraryIsServedFromItsWebJar() {
        Reply module = client.get("/lib/lit-html/directives/repeat.js");

        assertThat(module.status()).isEqualTo(200);
        assertThat(module.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(module.body()).contains("../lit-html.js");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/../Console.class",
                "/page/..%2fConsole.class",
                "/page/%2e%2e/Console.class",
                "/page//index.html",
                "/page/index.html%00.js",
                "/page/.html",
                "/page/",
                "/page/missing.js",
                "/lib/lit-html/../../../../maven/org.webjars.npm/lit-html/pom.xml",
                "/lib/lit-html/package.json"
            })
    void nothingBesideTheFilesIsServed(String path) throws IOException {
        int status = RawHttp.status(request("GET " + path));

        assertThat(status).isIn(400, 404);
    }

    @Test
    void aWrongMethodIs405AndAMalformedRequest400() throws IOException {
        assertThat(client.send("PUT", "/api/data", new byte[0]).header("Allow")).isEqualTo("DELETE");
        assertThat(client.send("PUT", "/api/data", new byte[0]).status()).isEqualTo(405);
        assertThat(RawHttp.status(RawHttp.exchange(console.port(), "nonsense"))).isEqualTo(400);
        assertThat(RawHttp.status(request("GET /api/traces?limit=%zz"))).isEqualTo(400);
    }

    @Test
    void aClientThatIsStillSendingGetsItsRefusalAndNoBrokenPipe() throws IOException {
        byte[] body = new byte[12 << 20];
        String[] headers = {"Host: localhost:" + console.port(), "Content-Length: " + body.length, "Connection: close"};

        for (String target : List.of("/api/delivery 413", "/nothing 404", "/api/traces 405")) {
            String path = target.substring(0, target.indexOf(' '));
            String answer = RawHttp.exchange(
                    console.port(),
                    body,
                    Stream.concat(Stream.of("POST " + path + " HTTP/1.1"), Stream.of(headers))
                            .toArray(String[]::new));
            assertThat(path + " " + RawHttp.status(answer)).isEqualTo(target);
        }
    }

    @Test
    void aRequestWithoutOneClearHostComesNotIn() throws IOException {
        String port = Integer.toString(console.port());

        assertThat(RawHttp.status(request("GET /api/ping", "Host: "))).isEqualTo(400);
        assertThat(RawHttp.status(RawHttp.exchange(console.port(), "GET /api/ping HTTP/1.1", "Connection: close")))
                .isEqualTo(400);
        assertThat(RawHttp.status(RawHttp.exchange(console.port(), "GET /api/ping HTTP/1.0")))
                .isEqualTo(403);
        assertThat(RawHttp.status(request("GET /api/ping", "Host: localhost:" + port, "Host: evil.example")))
                .isEqualTo(400);
        assertThat(RawHttp.status(request("GET http://evil.example/api/ping"))).isIn(400, 403);
        assertThat(RawHttp.status(
                        request("GET /api/ping", "Origin: http://localhost:" + port, "Origin: http://evil.example")))
                .isEqualTo(403);
    }

    @Test
    void aPingTellsNothingButWhatItIs() {
        assertThat(anonymous("/api/ping").body()).isEqualTo("{\"console\":\"cruddur-obs\"}");
    }

    private Reply anonymous(String path) {
        return client.send("GET", path, new byte[0]);
    }

    /** With the token, and with Host unless the headers have one. */
    private String request(String route, String... headers) throws IOException {
        boolean hasHost = Stream.of(headers).anyMatch(header -> header.startsWith("Host:"));
        List<String> lines = Stream.of(
                        Stream.of(route + " HTTP/1.1"),
                        hasHost ? Stream.<String>empty() : Stream.of("Host: localhost:" + console.port()),
                        Stream.of(headers),
                        Stream.of("Authorization: Bearer " + console.token(), "Content-Length: 0", "Connection: close"))
                .flatMap(part -> part)
                .toList();
        return RawHttp.exchange(console.port(), lines.toArray(String[]::new));
    }
}
