package io.cruddur.obs.spring;

import io.cruddur.obs.log.LogSignals;
import io.cruddur.obs.logback.LogbackInstaller;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Has what is logged kept from the moment on in which Boot has set up logging, and so before there is an {@code Obs}: what
 * an application says of its start is shipped too. If none takes it, it is forgotten when the application is ready or has
 * failed. One for each start; used by one thread.
 */
final class EarlyLogLines implements GenericApplicationListener {
    private Runnable release = () -> {};

    @Override
    public int getOrder() {
        // Boot drops all appenders when it sets up logging.
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public boolean supportsEventType(ResolvableType eventType) {
        return ResolvableType.forClass(ApplicationEnvironmentPreparedEvent.class)
                        .isAssignableFrom(eventType)
                || ResolvableType.forClass(ApplicationReadyEvent.class).isAssignableFrom(eventType)
                || ResolvableType.forClass(ApplicationFailedEvent.class).isAssignableFrom(eventType);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            ClassLoader loader = prepared.getSpringApplication().getClassLoader();
            if (ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", loader)
                    && mayShip(prepared.getEnvironment(), loader)) {
                release = LogbackInstaller.install();
                LogSignals.keepEarly();
            }
        } else {
            release.run();
            release = () -> {};
            if (!LogSignals.isOpen()) {
                LogSignals.discardEarly();
            }
        }
    }

    private static boolean mayShip(Environment environment, ClassLoader loader) {
        boolean off = "false".equalsIgnoreCase(environment.getProperty("cruddur.obs.logs.enabled"));
        return !off && ActiveMode.of(environment, loader) != Mode.OFF;
    }
}
