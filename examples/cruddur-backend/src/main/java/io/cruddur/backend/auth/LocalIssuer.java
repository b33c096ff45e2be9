package io.cruddur.backend.auth;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Issues tokens to whoever asks, for a laptop without Cognito. Its key is made at start and gone with the process. */
@Component
@ConditionalOnLocalIssuer
class LocalIssuer {
    private static final String NAME = "cruddur-dev";
    private static final Duration LIFE = Duration.ofHours(12);

    private final JwtEncoder encoder;
    private final SecretKey key;

    LocalIssuer() {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.encoder = NimbusJwtEncoder.withSecretKey(key).build();
    }

    JwtDecoder tokens() {
        var decoder = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(NAME));
        return decoder;
    }

    String token(String subject) {
        Instant now = Instant.now();
        var claims = JwtClaimsSet.builder()
                .issuer(NAME)
                .subject(subject)
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .build();
        var header = JwsHeader.with(MacAlgorithm.HS256).build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }
}
