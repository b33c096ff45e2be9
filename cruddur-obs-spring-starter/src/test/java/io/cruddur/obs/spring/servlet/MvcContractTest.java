package io.cruddur.obs.spring.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.http.Feature;
import io.cruddur.obs.test.http.Gate;
import io.cruddur.obs.test.http.HttpServerContract;
import io.cruddur.obs.test.http.RunningServer;
import io.cruddur.obs.test.http.ServerSettings;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** Spring MVC, with the filter as the starter registers it. */
class MvcContractTest extends HttpServerContract {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ContractController.class)
    static class Application {}

    @Override
    protected Map<Feature, String> missing() {
        return Map.of(
                Feature.MALFORMED_PARAMETER,
                        "Tomcat logs its refusal as an error, which the starter's filter leaves out, and this Obs has none",
                Feature.ASYNC_RESTART, "Spring MVC has a request wait once",
                Feature.THROW_AFTER_ASYNC_START, "Spring MVC has a request wait when its handler has returned");
    }

    @Override
    protected RunningServer start(ServerSettings settings) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .registerShutdownHook(false)
                .initializers((GenericApplicationContext into) -> {
                    into.registerBean(Obs.class, settings::obs, definition -> definition.setDestroyMethodName(""));
                    into.registerBean(Gate.class, settings::gate);
                })
                .properties(
                        "server.port=0",
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.logs.enabled=false",
                        "cruddur.obs.logs.access=false",
                        "cruddur.obs.trace.trusted-peers=" + String.join(",", settings.trustedPeers()),
                        "cruddur.obs.trace.exclude=" + String.join(",", settings.exclude()))
                .run();
        return new RunningServer() {
            @Override
            public int port() {
                return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            }

            @Override
            public void close() {
                SpringApplication.exit(context);
            }
        };
    }
}
