package io.cruddur.obs.spring.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.httpclient.TracedHttpClient;
import io.cruddur.obs.spring.Runners;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HttpClientAutoConfigurationTest {
    private final ApplicationContextRunner runner = Runners.plain()
            .withBean(Obs.class, Obs::off)
            .withBean(HttpClient.class, HttpClient::newHttpClient)
            .withPropertyValues("cruddur.obs.mode=aws");

    @Test
    void aBeanOfTheJdksClientIsTraced() {
        runner.run(
                context -> assertThat(context).getBean(HttpClient.class).isExactlyInstanceOf(TracedHttpClient.class));
    }

    @Test
    void switchedOffOrInModeOffItIsLeftAsItIs() {
        for (String off : List.of("cruddur.obs.http-client.enabled=false", "cruddur.obs.mode=off")) {
            runner.withPropertyValues(off)
                    .run(context ->
                            assertThat(context).getBean(HttpClient.class).isNotInstanceOf(TracedHttpClient.class));
        }
    }
}
