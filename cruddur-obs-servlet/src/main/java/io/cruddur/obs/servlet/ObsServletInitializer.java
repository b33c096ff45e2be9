package io.cruddur.obs.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the filter up in a web application that has this on its class path and says nothing: found and run by the container.
 * It does nothing where the context's parameter {@code cruddur.obs.servlet.auto} is {@code false}, or where the Spring Boot
 * starter is, which has a filter of its own. Nothing here keeps an application from starting.
 */
public final class ObsServletInitializer implements ServletContainerInitializer {
    /** The context's parameter that turns this off with {@code false}. */
    static final String AUTO = "cruddur.obs.servlet.auto";

    private static final Logger LOG = LoggerFactory.getLogger(ObsServletInitializer.class);
    private static final String NAME = "cruddurObs";
    private static final String STARTER = "io.cruddur.obs.spring.ObsAutoConfiguration";

    private final Supplier<ObsBuilder> builders;

    /** For the container. */
    public ObsServletInitializer() {
        this(Obs::builderFromEnvironment);
    }

    ObsServletInitializer(Supplier<ObsBuilder> builders) {
        this.builders = builders;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        try {
            if (!"false".equalsIgnoreCase(context.getInitParameter(AUTO)) && !hasStarter(context)) {
                register(context);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Requests are not traced: the filter could not be registered", e);
        }
    }

    private void register(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new EnvironmentFilter(builders));
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
        }
    }

    private static boolean hasStarter(ServletContext context) {
        try {
            Class.forName(STARTER, false, context.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
