package io.cruddur.backend.auth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Whose tokens are taken: Cognito's, else the local issuer's, else nobody's. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Cognito.class)
class TokenConfiguration {
    private static final Logger LOGGER = LoggerFactory.getLogger(TokenConfiguration.class);

    @Bean
    JwtDecoder tokens(Cognito cognito, ObjectProvider<LocalIssuer> local) {
        LocalIssuer issuer = local.getIfAvailable();
        if (cognito.isSet()) {
            return cognito.tokens();
        }
        if (issuer != null) {
            return issuer.tokens();
        }
        LOGGER.warn("Nobody can sign in: set AWS_COGNITO_USER_POOL_ID and AWS_COGNITO_USER_POOL_CLIENT_ID,"
                + " or CRUDDUR_DEV=true for tokens of our own that are for development only.");
        return token -> {
            throw new BadJwtException("no issuer is set");
        };
    }
}
