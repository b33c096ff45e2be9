package io.cruddur.backend.auth;

import io.cruddur.obs.Obs;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Reading is for everybody, writing and conversations are for who is signed in. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /** No session and no cookie: nothing that another site could make a browser send, hence no CSRF token. */
    @Bean
    SecurityFilterChain security(HttpSecurity http, JwtDecoder decoder, Obs obs) {
        var signInFirst = new SignInFirst(obs);
        return http.cors(Customizer.withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(HttpMethod.GET, "/api/message_groups", "/api/messages/*")
                                .authenticated()
                                .requestMatchers(HttpMethod.POST, "/api/**")
                                .authenticated()
                                .anyRequest()
                                .permitAll())
                .oauth2ResourceServer(server -> server.bearerTokenResolver(OptionalTokens.resolver())
                        .authenticationManagerResolver(request -> OptionalTokens.manager(decoder, request))
                        .authenticationEntryPoint(signInFirst))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(signInFirst))
                .build();
    }

    @Bean
    CorsConfigurationSource corsConfigurationSource(
            @Value("${cruddur.frontend-url}") List<String> frontend,
            @Value("${cruddur.backend-url}") List<String> backend) {
        var cors = new CorsConfiguration();
        frontend.forEach(cors::addAllowedOrigin);
        backend.forEach(cors::addAllowedOrigin);
        cors.setAllowedMethods(List.of("OPTIONS", "GET", "HEAD", "POST"));
        cors.setAllowedHeaders(
                List.of("Content-Type", "Authorization", "If-Modified-Since", "X-Amzn-Trace-Id", "traceparent"));
        cors.setExposedHeaders(List.of("Authorization", "Location", "Link", "X-Amzn-Trace-Id"));
        var everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", cors);
        return everywhere;
    }
}
