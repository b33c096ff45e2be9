package io.cruddur.backend.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
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
    private static final String POOL = "eu-central-1_AbCdEfGhI";
    private static final String CLIENT = "client-of-the-tests";
    private static final String ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/" + POOL;
    private static final String KEYS = "/" + POOL + "/.well-known/jwks.json";

    private static WireMockServer pool;
    private static RSAKey key;
    private static RSAKey foreign;
    private static JwtDecoder cognito;

    @BeforeAll
    static void servePool() throws JOSEException {
        key = new RSAKeyGenerator(2_048).keyID("one").generate();
        foreign = new RSAKeyGenerator(2_048).keyID("one").generate();
        pool = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        pool.stubFor(get(KEYS).willReturn(okJson(new JWKSet(key).toString())));
        pool.start();
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
        assertRefused(cognito, signed(claims().audience(CLIENT).expirationTime(past())));
        assertRefused(cognito, signed(claims().audience(CLIENT).notBeforeTime(future())));
    }

    @Test
    void whatThePoolHasNotSignedIsNot() throws JOSEException {
        JWTClaimsSet good = claims().audience(CLIENT).build();
        assertRefused(cognito, signed(good, JWSAlgorithm.RS256, new RSASSASigner(foreign)));
        assertRefused(cognito, new PlainJWT(good).serialize());
        // The public key, which everybody has, as if it were a secret.
        assertRefused(
                cognito,
                signed(
                        good,
                        JWSAlgorithm.HS256,
                        new MACSigner(key.toRSAPublicKey().getEncoded())));
        assertRefused(cognito, signed(good, JWSAlgorithm.RS512, new RSASSASigner(key)));
        String token = signed(good, JWSAlgorithm.RS256, new RSASSASigner(key));
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
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("sub-of-somebody")
                .expirationTime(future());
    }

    private static Date future() {
        return Date.from(Instant.now().plusSeconds(3_600));
    }

    private static Date past() {
        return Date.from(Instant.now().minusSeconds(3_600));
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims.build(), JWSAlgorithm.RS256, new RSASSASigner(key));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
        token.sign(signer);
        return token.serialize();
    }
}
