package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.spring.ActiveMode;
import io.cruddur.obs.spring.Mode;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Defaults of Spring Boot's own properties that traces want otherwise, behind all that the application sets: Reactor
 * carries what is current from thread to thread, while nothing is traced a line has no column for its ids, and the X-Ray
 * SDK does not say four times where it would send what is bridged.
 */
final class ObservationDefaults implements EnvironmentPostProcessor, Ordered {
    private static final String[] OTHERS = {
        "io.micrometer.tracing.otel.bridge.OtelTracer", "io.micrometer.tracing.brave.bridge.BraveTracer"
    };

    /** After the application's files are read, and before Boot's own default of the column. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean traces = ActiveMode.of(environment, application.getClassLoader()) != Mode.OFF;
        if (traces) {
            add(environment, "spring.reactor.context-propagation", "auto");
            if (!"false".equalsIgnoreCase(environment.getProperty("cruddur.obs.trace.xray-sdk-bridge"))) {
                add(environment, "logging.level.com.amazonaws.xray.config.DaemonConfiguration", "warn");
            }
        } else if (!isTracedByAnother(application.getClassLoader())) {
            add(environment, "logging.expect-correlation-id", "false");
        }
    }

    private static void add(ConfigurableEnvironment environment, String name, String value) {
        environment.getPropertySources().addLast(new MapPropertySource("Cruddur Obs: " + name, Map.of(name, value)));
    }

    private static boolean isTracedByAnother(ClassLoader loader) {
        for (String other : OTHERS) {
            if (ClassUtils.isPresent(other, loader)) {
                return true;
            }
        }
        return false;
    }
}
