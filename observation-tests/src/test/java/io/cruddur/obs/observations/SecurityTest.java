package io.cruddur.obs.observations;

import static io.cruddur.obs.observations.ObservedApplication.LOG;
import static io.cruddur.obs.observations.ObservedApplication.inSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A request that Spring Security lets pass or not. */
class SecurityTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private int get(ObservedApplication application, String password) throws Exception {
        String credentials = Base64.getEncoder().encodeToString(("ada:" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + "/drinks"))
                .timeout(ObservedApplication.SOON)
                .header("Authorization", "Basic " + credentials)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static ObservedApplication start(String... more) {
        var all = new ArrayList<>(List.of("spring.security.user.name=ada", "spring.security.user.password={noop}tea"));
        all.addAll(List.of(more));
        return ObservedApplication.startServlet(Shop.class, all.toArray(String[]::new));
    }

    @Test
    void itIsNoPartOfATraceUnlessAsked() throws Exception {
        try (var application = start()) {
            assertThat(get(application, "tea")).isEqualTo(200);
            CapturedSpan request = application.tree("shop", "shop\\(list\\)");
            inSpan(application.line("listed"), request.children().get(0));
            assertThat(get(application, "milk")).isEqualTo(401);
            application.isInOrder();
            assertThat(application.traces().named("shop")).anySatisfy(span -> {
                assertThat(span.isError()).isTrue();
                assertThat(span.children()).isEmpty();
            });
        }
    }

    @Test
    void itIsTracedWhereItIsWanted() throws Exception {
        try (var application = start("cruddur.obs.trace.ignored-observations=")) {
            assertThat(get(application, "tea")).isEqualTo(200);
            CapturedSpan request = application.tree(
                    "shop",
                    "shop\\(security filterchain before\\(authenticate usernamepassword, authorize request\\),"
                            + " secured request\\(list\\), security filterchain after\\)");
            CapturedSpan authorize = request.children().get(0).children().get(1);
            assertThat(authorize.annotation("spring_security_authorization_decision"))
                    .contains("true");
            application.isInOrder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {ArtemisAutoConfiguration.class, DataSourceAutoConfiguration.class, R2dbcAutoConfiguration.class})
    @Import(Drinks.class)
    static class Shop {}

    @RestController
    static class Drinks {
        private final Obs obs;

        Drinks(Obs obs) {
            this.obs = obs;
        }

        @GetMapping("/drinks")
        String list() {
            return obs.trace("list").call(() -> {
                LOG.info("listed");
                return "coffee, tea";
            });
        }
    }
}
