package io.cruddur.backend.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * A token that is no good is as none: the public feed is for everybody, and what needs a token still says 401. So is one
 * that cannot be checked, since the issuer's keys cannot be read; there, what needs a token says that it is not the
 * token's fault.
 */
final class OptionalTokens {
    private static final Logger LOGGER = LoggerFactory.getLogger(OptionalTokens.class);
    private static final AnonymousAuthenticationToken NOBODY =
            new AnonymousAuthenticationToken("nobody", "nobody", List.of(new SimpleGrantedAuthority("ROLE_ANONYMOUS")));

    private static final String NOT_CHECKED = OptionalTokens.class.getName() + ".NOT_CHECKED";

    private OptionalTokens() {}

    static BearerTokenResolver resolver() {
        var resolver = new DefaultBearerTokenResolver();
        return request -> {
            try {
                return resolver.resolve(request);
            } catch (OAuth2AuthenticationException malformed) {
                return null;
            }
        };
    }

    static AuthenticationManager manager(JwtDecoder decoder, HttpServletRequest request) {
        var provider = new JwtAuthenticationProvider(decoder);
        return token -> {
            try {
                return provider.authenticate(token);
            } catch (OAuth2AuthenticationException invalid) {
                LOGGER.atDebug().setCause(invalid).log("A bearer token is not accepted");
                return NOBODY;
            } catch (AuthenticationServiceException e) {
                LOGGER.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("A bearer token cannot be checked: its issuer's keys cannot be read");
                request.setAttribute(NOT_CHECKED, e);
                return NOBODY;
            }
        };
    }

    /** Why the request's token could not be checked; null if it was, or if there is none. */
    static @Nullable AuthenticationServiceException notChecked(HttpServletRequest request) {
        return (AuthenticationServiceException) request.getAttribute(NOT_CHECKED);
    }
}
