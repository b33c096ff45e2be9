package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a request says of itself is not believed, and its secrets stay with it. */
class HostileRequestTest {

    private static Application hello(Application app) {
        return app.on("/hello", (request, response) -> {});
    }

    @Test
    void aForgedForwardedAddressIsNotBelieved() throws Exception {
        try (Application app = Application.start(
                obs -> ObsFilter.builder(obs).trustedPeers(Application.NOBODY).build())) {
            hello(app).get("/hello", "X-Forwarded-For", "198.51.100.7");

            JsonNode request = app.segment().path("http").path("request");
            assertThat(request.path("client_ip").asString()).isEqualTo("127.0.0.1");
            assertThat(request.has("x_forwarded_for")).isFalse();
            assertThat(app.accessLine().fields()).containsEntry("remoteAddress", "127.0.0.1");
        }
    }

    @Test
    void behindATrustedPeerTheFirstStrangerFromTheRightIsTheClient() throws Exception {
        try (Application app = Application.start()) {
            hello(app).get("/hello", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "198.51.100.7, 10.0.0.3");

            JsonNode request = app.segment().path("http").path("request");
            assertThat(request.path("client_ip").asString()).isEqualTo("198.51.100.7");
            assertThat(request.path("x_forwarded_for").asBoolean()).isTrue();
            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).contains("] 198.51.100.7 GET http /hello 200");
            assertThat(line.fields()).containsEntry("remoteAddress", "198.51.100.7");
        }
    }

    @Test
    void whereTheClientHasToBeTrustedAProxyIsNotEnough() throws Exception {
        String root = "1-5759e988-bd862e3fe1be46a994272793";
        String sampled = "Root=" + root + ";Parent=53995c3f42cd8ad8;Sampled=1";
        try (Application app = Application.start(
                obs -> ObsFilter.builder(obs).trustByClient(true).build())) {
            hello(app).get("/hello", "X-Forwarded-For", "127.0.0.1, 198.51.100.7", "X-Amzn-Trace-Id", sampled);
            assertThat(app.segment().path("trace_id").asString()).isNotEqualTo(root);

            app.get("/hello", "X-Forwarded-For", "10.1.2.3", "X-Amzn-Trace-Id", sampled);
            assertThat(app.segment().path("trace_id").asString()).isEqualTo(root);
        }
    }

    @Test
    void aMethodThatHttpDoesNotKnowIsOther() throws Exception {
        try (Application app = Application.start()) {
            hello(app).raw("X7F3A9 /hello HTTP/1.1");

            JsonNode request = app.segment().path("http").path("request");
            assertThat(request.path("method").asString()).isEqualTo("_OTHER");
            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).contains(" _OTHER http /hello ");
            assertThat(line.fields()).containsEntry("method", "_OTHER");
        }
    }

    @Test
    void aStrangeHostDoesNotNameTheSegment() throws Exception {
        try (Application app = Application.start()) {
            hello(app).raw("GET /hello HTTP/1.1\r\nHost: evil.example");

            assertThat(app.segment().path("name").asString()).isEqualTo("backend");
        }
    }

    @Test
    void noValueOfAQueryLeavesTheProcess() throws Exception {
        try (Application app = Application.start()) {
            app.on("/boom", (request, response) -> {
                throw new IllegalStateException("boom");
            });
            app.get("/boom;jsessionid=s3cr3t?term=s3cr3t&X-Amz-Signature=s3cr3t&s3cr3t");

            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).endsWith("GET http /boom;jsessionid=?term=&X-Amz-Signature= 500");
            assertThat(line.fields().toString()).doesNotContain("s3cr3t");
            assertThat(app.item().toString()).doesNotContain("s3cr3t").contains("X-Amz-Signature=");
            assertThat(app.segment().toString())
                    .doesNotContain("s3cr3t")
                    .contains("/boom;jsessionid=?term=&X-Amz-Signature=\"");
        }
    }

    @Test
    void noSecretInAPathOrAHeaderThatIsKeptLeavesTheProcess() throws Exception {
        try (Application app = Application.start()) {
            String secret = Long.toString(System.nanoTime(), 36) + "1";
            String token = "gh" + "p_" + (secret + "a".repeat(40)).substring(0, 36);
            app.on("/reset/" + token, (request, response) -> {
                throw new IllegalStateException("boom at " + request.getRequestURI());
            });
            app.get("/reset/" + token, "User-Agent", "agent password=" + secret, "X-B3-TraceId", "token=" + secret);

            assertThat(app.item().toString()).doesNotContain(secret).contains("/reset/[redacted]");
            assertThat(app.segment().toString())
                    .doesNotContain(secret)
                    .contains("/reset/[redacted]", "agent password=");
        }
    }

    @Test
    void noSecretHeaderLeavesTheProcess() throws Exception {
        try (Application app = Application.start()) {
            app.on("/boom", (request, response) -> {
                throw new IllegalStateException("boom");
            });
            app.get(
                    "/boom",
                    "Authorization",
                    "Bearer s3cr3t",
                    "Cookie",
                    "session=s3cr3t",
                    "X-Api-Key",
                    "s3cr3t",
                    "X-Amz-Security-Token",
                    "s3cr3t");

            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).doesNotContain("s3cr3t");
            assertThat(line.fields().toString()).doesNotContain("s3cr3t");
            assertThat(app.item().toString()).doesNotContain("s3cr3t").contains("boom");
            assertThat(app.segment().toString()).doesNotContain("s3cr3t").contains("boom");
        }
    }

    @Test
    void noBodyNoCookieOfAnAnswerAndNobodysNameLeavesTheProcess() throws Exception {
        try (Application app = Application.start().signedIn("s3cr3t-user")) {
            app.on("/login", (request, response) -> {
                assertThat(request.getRemoteUser()).isEqualTo("s3cr3t-user");
                String sent = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(sent).isEqualTo("password=s3cr3t");
                app.obs.error("refused").report();
                response.addHeader("Set-Cookie", "session=s3cr3t");
                response.getWriter().write("welcome s3cr3t");
            });
            HttpResponse<String> answer = app.post("/login", "password=s3cr3t");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("welcome s3cr3t");
            assertThat(answer.headers().firstValue("Set-Cookie")).contains("session=s3cr3t");

            AccessLines.Line line = app.accessLine();
            assertThat(line.text()).doesNotContain("s3cr3t").contains("POST http /login");
            assertThat(line.fields().toString()).doesNotContain("s3cr3t");
            assertThat(app.item().toString()).doesNotContain("s3cr3t").contains("refused");
            assertThat(app.segment().toString()).doesNotContain("s3cr3t").contains("/login");
        }
    }

    @Test
    void aControlCharacterInTheUserAgentIsEscaped() throws Exception {
        try (Application app = Application.start()) {
            // One byte that a terminal takes for the beginning of an escape sequence.
            hello(app).raw("GET /hello HTTP/1.1\r\nUser-Agent: \u009b2Jgone");

            assertThat(app.segment()
                            .path("http")
                            .path("request")
                            .path("user_agent")
                            .asString())
                    .isEqualTo("\\u009b2Jgone");
            assertThat(app.accessLine().fields()).containsEntry("userAgent", "\\u009b2Jgone");
        }
    }

    @Test
    void anEncodedLineEndInThePathStaysEncoded() throws Exception {
        try (Application app = Application.start()) {
            app.raw("GET /a%0d%0aforged%1b HTTP/1.1");

            assertThat(app.accessLine().text()).endsWith("GET http /a%0d%0aforged%1b 404");
        }
    }
}
