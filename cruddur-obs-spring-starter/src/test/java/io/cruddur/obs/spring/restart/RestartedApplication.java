package io.cruddur.obs.spring.restart;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application's own classes, which get a class loader of their own at each start. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RestartedApplication {
    /** Traced by a proxy. */
    @Component
    public static class Work {
        @Traced("work")
        public String done() {
            return "done";
        }
    }

    /** Fails when it is asked to. */
    @RestController
    public static class Web {
        private final Work work;
        private final Obs obs;

        Web(Work work, Obs obs) {
            this.work = work;
            this.obs = obs;
        }

        @GetMapping("/work")
        String work() {
            // Left open, and handed a value of a class of ours.
            obs.trace("left open").metadata("value", new Object()).start().annotate("never", "closed");
            return work.done();
        }

        @GetMapping("/boom")
        String boom() {
            throw new Failure();
        }
    }

    /** Of the class loader that goes. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
