package io.cruddur.obs.benchmarks.web.app;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** One endpoint with a constant answer: what is left is the server, and whoever traces it. */
@SpringBootApplication
public class NotificationsApplication {

    /** Runs it. */
    public static void main(String[] args) {
        SpringApplication.run(NotificationsApplication.class, args);
    }

    record Activity(String uuid, String handle, String message, int likes) {}

    @RestController
    static class Notifications {
        private static final List<Activity> ALL = List.of(
                new Activity("68f126b0-1ceb-4a33-88be-d90fa7109eee", "andrewbrown", "I am white unicorn", 0),
                new Activity("26e12864-1c26-5c3a-9658-97a10f8fea67", "worf", "I am out of prune juice", 7),
                new Activity("248959df-3079-4947-b847-9e0892d1bab4", "garek", "My dear doctor, I am just a tailor", 3));

        @GetMapping("/api/activities/notifications")
        List<Activity> notifications() {
            return ALL;
        }
    }
}
