package io.cruddur.backend.auth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * An Amazon Cognito user pool.
 *
 * @param userPoolId the pool, whose region is in its name; blank without one
 * @param userPoolClientId the app client whose tokens are taken
 * @param endpoint another address than the pool's, for its keys; blank for the pool's
 */
@ConfigurationProperties("cruddur.cognito")
record Cognito(String userPoolId, String userPoolClientId, String endpoint) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    boolean isSet() {
        return !userPoolId.isBlank();
    }

    /** The keys are read with the first token, and again when one is signed with a key that is new. */
    JwtDecoder tokens() {
        int region = userPoolId.indexOf('_');
        if (region < 1 || userPoolClientId.isBlank()) {
            throw new IllegalArgumentException("AWS_COGNITO_USER_POOL_ID is such as us-east-1_AbCdEfGhI, and with it"
                    + " goes AWS_COGNITO_USER_POOL_CLIENT_ID, the id of the app client whose tokens are taken.");
        }
        String service = "https://cognito-idp." + userPoolId.substring(0, region) + ".amazonaws.com";
        String issuer = service + "/" + userPoolId;
        String keys = (endpoint.isBlank() ? service : endpoint) + "/" + userPoolId + "/.well-known/jwks.json";
        var decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .restOperations(impatient())
                .build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(JwtValidators.createDefaultWithIssuer(issuer), isOfClient()));
        return decoder;
    }

    /** An id token names the client as its audience, an access token as {@code client_id}. */
    private OAuth2TokenValidator<Jwt> isOfClient() {
        var foreign = new OAuth2Error("invalid_token", "The token is of another app client", null);
        return token -> {
            boolean inAudience =
                    token.getAudience() != null && token.getAudience().contains(userPoolClientId);
            return inAudience || userPoolClientId.equals(token.getClaimAsString("client_id"))
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(foreign);
        };
    }

    private static RestTemplate impatient() {
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        return new RestTemplate(requests);
    }
}
