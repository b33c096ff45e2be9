package io.cruddur.backend.start;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A JVM that ends on SIGTERM exits with 143, and {@code spring-boot:run} takes that for a failed build and says so after
 * our last line. Under Maven it exits with 0, once everything has stopped; only when it was ready, so that a start that
 * fails stays a failure.
 */
@Component
@ConditionalOnBooleanProperty("cruddur.started-by-maven")
class EndUnderMaven {

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }
}
