package com.example;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Traced;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What somebody has who has read the README's section on Spring Boot. */
@SpringBootApplication
public class Application {

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @RestController
    static class Hello {
        private final Greetings greetings;

        Hello(Greetings greetings) {
            this.greetings = greetings;
        }

        @GetMapping("/hello")
        String hello() {
            return greetings.greeting() + " " + Thread.currentThread();
        }
    }

    @Service
    static class Greetings {
        private final Obs obs;

        Greetings(Obs obs) {
            this.obs = obs;
        }

        @Traced("greeting")
        String greeting() {
            return obs.trace("words").annotate("language", "en").call(() -> "Hello from");
        }
    }
}
