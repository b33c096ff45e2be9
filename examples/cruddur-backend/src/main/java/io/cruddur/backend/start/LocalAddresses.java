package io.cruddur.backend.start;

import io.cruddur.obs.console.Console;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** On a laptop: where to look and what to try. */
@Component
@ConditionalOnClass(Console.class)
class LocalAddresses {
    private final ObjectProvider<Console> console;

    LocalAddresses(ObjectProvider<Console> console) {
        this.console = console;
    }

    /** Printed and not logged: the console's address carries its token, and logs are shipped. */
    @EventListener
    void print(ApplicationReadyEvent ready) {
        String port = ready.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port");
        console.ifAvailable(here -> System.out.printf("""

                        Cruddur      http://localhost:%1$s
                        the console  %2$s

                        Try:
                          curl localhost:%1$s/api/activities/notifications
                          curl localhost:%1$s/dev/boom
                          curl localhost:%1$s/rollbar/test
                          java examples/cruddur-backend/traffic/Traffic.java --url http://localhost:%1$s

                        """, port, here.pageUrl()));
    }
}
