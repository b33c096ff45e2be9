package io.cruddur.backend.auth;

import io.cruddur.obs.Obs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** What nobody hears where a token is needed: 401; or 503, reported once, if theirs could not be checked. */
final class SignInFirst implements AuthenticationEntryPoint {
    private final Obs obs;

    SignInFirst(Obs obs) {
        this.obs = obs;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        AuthenticationServiceException notChecked = OptionalTokens.notChecked(request);
        if (notChecked == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else {
            obs.error(notChecked).report();
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        response.setContentType("application/json");
        response.getWriter().write("{}");
    }
}
