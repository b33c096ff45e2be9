package io.cruddur.backend.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.cruddur.backend.support.PoolTokens.CLIENT;
import static io.cruddur.backend.support.PoolTokens.ISSUER;
import static io.cruddur.backend.support.PoolTokens.KEYS;
import static io.cruddur.backend.support.PoolTokens.POOL;
import static io.cruddur.backend.support.PoolTokens.inSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.cruddur.backend.support.PoolTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens of a pool whose keys are served over a socket, of the local issuer, and of everybody else. */
class TokensTest {
    private static final PoolTokens TOKENS = new PoolTokens();

    private static WireMockServer pool;
    private static JwtDecoder cognito;

    @BeforeAll
    static void servePool() {
        pool = TOKENS.serveKeys();
        cognito = new Cognito(POOL, CLIENT, pool.baseUrl()).tokens();
    }

    @AfterAll
    static void stopPool() {
        pool.stop();
    }

    @Test
    void idAndAccessTokensOfThePoolsClientAreTaken() throws JOSEException {
        assertThat(cognito.decode(signed(claims().audience(CLIENT))).getSubject())
                .isEqualTo("sub-of-somebody");
        assertThat(cognito.decode(signed(claims().claim("client_id", CLIENT))).getSubject())
                .isEqualTo("sub-of-somebody");
        pool.verify(1, getRequestedFor(urlEqualTo(KEYS)));
    }

    @Test
    void tokensOfOtherClientsPoolsAndTimesAreNot() throws JOSEException {
        assertRefused(cognito, signed(claims()));
        assertRefused(cognito, signed(claims().audience("another")));
        assertRefused(cognito, signed(claims().claim("client_id", "another")));
        assertRefused(cognito, signed(claims().audience(CLIENT).issuer(ISSUER + "x")));
        assertRefused(cognito, signed(claims().audience(CLIENT).issuer(null)));
        assertRefused(cognito, signed(claims().audience(CLIENT).expirationTime(inSeconds(-3_600))));
        assertRefused(cognito, signed(claims().audience(CLIENT).notBeforeTime(inSeconds(3_600))));
    }

    @Test
    void whatThePoolHasNotSignedIsNot() throws JOSEException {
        JWTClaimsSet good = claims().audience(CLIENT).build();
        assertRefused(cognito, new PoolTokens().signed(claims().audience(CLIENT)));
        assertRefused(cognito, new PlainJWT(good).serialize());
        // The public key, which everybody has, as if it were a secret.
        assertRefused(
                cognito,
                PoolTokens.signed(
                        good,
                        JWSAlgorithm.HS256,
                        new MACSigner(TOKENS.key().toRSAPublicKey().getEncoded())));
        assertRefused(cognito, PoolTokens.signed(good, JWSAlgorithm.RS512, new RSASSASigner(TOKENS.key())));
        String token = PoolTokens.signed(good, JWSAlgorithm.RS256, new RSASSASigner(TOKENS.key()));
        assertRefused(cognito, token.substring(0, token.lastIndexOf('.') + 1));
        assertRefused(cognito, "a.b.c");
    }

    @Test
    void aPoolThatDoesNotAnswerIsNoFaultOfTheToken() throws JOSEException {
        JwtDecoder unreachable = new Cognito(POOL, CLIENT, "http://127.0.0.1:1").tokens();

        assertThatExceptionOfType(JwtException.class)
                .isThrownBy(() -> unreachable.decode(signed(claims().audience(CLIENT))))
                .isNotInstanceOf(BadJwtException.class);
    }

    @ParameterizedTest
    @CsvSource({"AbCdEfGhI, client", "_AbCdEfGhI, client", "eu-central-1_AbCdEfGhI, ''"})
    void aPoolThatCannotBeIsRefusedWithTheValidForm(String id, String client) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cognito(id, client, "").tokens())
                .withMessageContaining("us-east-1_AbCdEfGhI")
                .withMessageContaining("AWS_COGNITO_USER_POOL_CLIENT_ID");
    }

    @Test
    void theLocalIssuersTokensAreGoodInItsOwnProcessOnly() throws JOSEException {
        var issuer = new LocalIssuer();
        String token = issuer.token("sub-of-somebody");

        assertThat(issuer.tokens().decode(token).getSubject()).isEqualTo("sub-of-somebody");
        assertRefused(new LocalIssuer().tokens(), token);
        assertRefused(cognito, token);
        assertRefused(issuer.tokens(), signed(claims().audience(CLIENT)));
        assertRefused(
                issuer.tokens(), new PlainJWT(claims().issuer("cruddur-dev").build()).serialize());
    }

    private static void assertRefused(JwtDecoder decoder, String token) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoder.decode(token));
    }

    private static JWTClaimsSet.Builder claims() {
        return PoolTokens.claims("sub-of-somebody");
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return TOKENS.signed(claims);
    }
}
