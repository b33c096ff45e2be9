package io.cruddur.obs.spring.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.jms.listener.MessageListenerContainer;
import org.springframework.util.ErrorHandler;

/**
 * Says to the observation of a message what its listener has thrown: Spring's containers end it without a word of that,
 * and it would be no fault. The container's error handler is the one that sees it; ours stands before it.
 */
final class JmsListenerFailures implements SmartLifecycle {
    private final ObjectProvider<JmsListenerEndpointRegistry> registries;
    private volatile boolean running;

    JmsListenerFailures(ObjectProvider<JmsListenerEndpointRegistry> registries) {
        this.registries = registries;
    }

    /** Before any container. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
        running = true;
        registries.forEach(registry -> registry.getListenerContainers().forEach(JmsListenerFailures::watch));
    }

    private static void watch(MessageListenerContainer each) {
        if (each instanceof AbstractMessageListenerContainer container) {
            ObservationRegistry observations = container.getObservationRegistry();
            if (observations != null
                    && !observations.isNoop()
                    && !(container.getErrorHandler() instanceof ObservedFailures)) {
                Logger log = LoggerFactory.getLogger(container.getClass());
                container.setErrorHandler(new ObservedFailures(observations, container.getErrorHandler(), log));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Runs while the observation is current, and does then what would be done without it. */
    private record ObservedFailures(
            ObservationRegistry observations, @Nullable ErrorHandler next, Logger log) implements ErrorHandler {
        private static final String PROCESS = "jms.message.process";

        @Override
        public void handleError(Throwable failure) {
            Observation current = observations.getCurrentObservation();
            if (current != null && PROCESS.equals(current.getContext().getName())) {
                current.error(failure);
            }
            if (next == null) {
                log.warn("Execution of JMS message listener failed, and no ErrorHandler has been set.", failure);
            } else {
                next.handleError(failure);
            }
        }
    }
}
