package io.cruddur.backend;

import static io.cruddur.backend.support.PoolTokens.CLIENT;
import static io.cruddur.backend.support.PoolTokens.ISSUER;
import static io.cruddur.backend.support.PoolTokens.claims;
import static io.cruddur.backend.support.PoolTokens.inSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jwt.PlainJWT;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.backend.support.PoolTokens;
import io.cruddur.obs.console.Console;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What a pool's token opens, and that no other opens anything. */
@LocalBackendTest
@TestPropertySource(
        properties = {
            "cruddur.cognito.user-pool-id=" + PoolTokens.POOL,
            "cruddur.cognito.user-pool-client-id=" + PoolTokens.CLIENT
        })
@DirtiesContext // as long as it runs, it ships the log lines of the other applications too
class TokensOverHttpTest {
    private static final PoolTokens TOKENS = new PoolTokens();
    private static final WireMockServer POOL = TOKENS.serveKeys();
    private static final String SUBJECT = "MOCK-andrewbrown";

    private final Client backend;
    private final ConsoleReader console;

    TokensOverHttpTest(@LocalServerPort int port, @Autowired Console console) {
        this.backend = new Client(port);
        this.console = new ConsoleReader(console.port(), console.token());
    }

    @DynamicPropertySource
    static void pool(DynamicPropertyRegistry properties) {
        properties.add("cruddur.cognito.endpoint", POOL::baseUrl);
    }

    @AfterAll
    static void stopPool() {
        POOL.stop();
    }

    @Test
    void aTokenOfThePoolIsSomebodys() {
        String[] bearer = bearer(TOKENS.signed(claims(SUBJECT).audience(CLIENT)));

        assertThat(backend.get("/api/message_groups", bearer).status()).isEqualTo(200);
        assertThat(signedIn(backend.get("/api/activities/home", bearer))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anotherTokenIsNobodys(String why, String token) {
        Reply read = backend.get("/api/message_groups", bearer(token));
        Reply written = backend.post("/api/activities", "{\"message\": \"x\", \"ttl\": \"1-hour\"}", bearer(token));

        assertThat(read.status() + read.body()).isEqualTo("401{}");
        assertThat(written.status() + written.body()).isEqualTo("401{}");
        assertThat(signedIn(backend.get("/api/activities/home", bearer(token)))).isFalse();
    }

    static Stream<Arguments> anotherTokenIsNobodys() {
        return Stream.of(
                arguments(
                        "expired",
                        TOKENS.signed(claims(SUBJECT).audience(CLIENT).expirationTime(inSeconds(-3_600)))),
                arguments(
                        "of another issuer",
                        TOKENS.signed(claims(SUBJECT).audience(CLIENT).issuer(ISSUER + "x"))),
                arguments("of another client", TOKENS.signed(claims(SUBJECT).audience("another"))),
                arguments(
                        "signed by another",
                        new PoolTokens().signed(claims(SUBJECT).audience(CLIENT))),
                arguments(
                        "alg: none",
                        new PlainJWT(claims(SUBJECT).audience(CLIENT).build()).serialize()));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    /** Whom the public feed took the caller for, as its log line says. */
    private boolean signedIn(Reply home) {
        assertThat(home.status()).isEqualTo(200);
        return console.logs(home.traceId(), "Home activities read").stream()
                .filter(line -> line.path("message").asString().equals("Home activities read"))
                .findFirst()
                .orElseThrow()
                .at("/fields/signedIn")
                .asBoolean();
    }
}
