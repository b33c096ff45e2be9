package io.cruddur.obs.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application with its web server and its logging, as `main` starts it. */
public final class StartedApplication {
    private StartedApplication() {}

    /** On a free port, with nothing on disk unless it is asked for; the arguments as on a command line. */
    public static ConfigurableApplicationContext start(Class<?> configuration, String... arguments) {
        return new SpringApplicationBuilder(Empty.class, configuration)
                .registerShutdownHook(false)
                .properties("server.port=0", "cruddur.obs.console.port=0", "cruddur.obs.delivery.spool.mode=off")
                .run(arguments);
    }

    static boolean fails(String... arguments) {
        try {
            SpringApplication.exit(start(Empty.class, arguments));
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Empty {}
}
