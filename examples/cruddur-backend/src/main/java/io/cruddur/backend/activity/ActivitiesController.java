package io.cruddur.backend.activity;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/activities")
class ActivitiesController {
    private final HomeActivities home;
    private final NotificationsActivities notifications;

    ActivitiesController(HomeActivities home, NotificationsActivities notifications) {
        this.home = home;
        this.notifications = notifications;
    }

    @GetMapping("/home")
    List<Activity> home() {
        return home.newestFirst();
    }

    @GetMapping("/notifications")
    List<Activity> notifications() {
        return notifications.all();
    }
}
