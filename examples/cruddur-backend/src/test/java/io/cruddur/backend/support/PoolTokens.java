package io.cruddur.backend.support;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/** Signs as a user pool does whose keys are not Amazon's. */
public final class PoolTokens {
    public static final String POOL = "eu-central-1_AbCdEfGhI";
    public static final String CLIENT = "client-of-the-tests";
    public static final String ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/" + POOL;
    public static final String KEYS = "/" + POOL + "/.well-known/jwks.json";

    private final RSAKey key;

    public PoolTokens() {
        try {
            key = new RSAKeyGenerator(2_048).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the pool's keys are read. */
    public WireMockServer serveKeys() {
        var pool = new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
        pool.stubFor(get(KEYS).willReturn(okJson(new JWKSet(key).toString())));
        pool.start();
        return pool;
    }

    public RSAKey key() {
        return key;
    }

    /** All that a good token says but for its client. */
    public static JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder().issuer(ISSUER).subject(subject).expirationTime(inSeconds(3_600));
    }

    public static Date inSeconds(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    public String signed(JWTClaimsSet.Builder claims) {
        try {
            return signed(claims.build(), JWSAlgorithm.RS256, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
        token.sign(signer);
        return token.serialize();
    }
}
