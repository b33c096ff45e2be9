package io.cruddur.backend.activity;

import io.cruddur.backend.user.User;
import io.cruddur.backend.web.Input;
import io.cruddur.backend.web.NotFoundException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/activities")
class ActivitiesController {
    record NewActivity(@Nullable String message, @Nullable String ttl) {}

    record NewReply(@Nullable String message) {}

    private final Feeds feeds;
    private final NotificationsActivities notifications;
    private final Posts posts;

    ActivitiesController(Feeds feeds, NotificationsActivities notifications, Posts posts) {
        this.feeds = feeds;
        this.notifications = notifications;
        this.posts = posts;
    }

    @GetMapping("/home")
    List<Activity> home(@Nullable Principal principal) {
        return feeds.home(principal != null);
    }

    @GetMapping("/notifications")
    List<Activity> notifications() {
        return notifications.all();
    }

    @GetMapping("/search")
    List<Activity> search(@RequestParam(defaultValue = "") String term) {
        Input.check().that(!term.isBlank(), "search_term_blank").orThrow();
        return feeds.search(Input.storable(term));
    }

    @GetMapping({"/@{handle}", "/@"})
    Object ofUser(@PathVariable(required = false) @Nullable String handle) {
        Input.check()
                .that(handle != null && !handle.isBlank(), "blank_user_handle")
                .orThrow();
        Optional<Feeds.OfUser> found = feeds.of(Input.present(handle));
        return found.isPresent() ? found.get() : Map.of();
    }

    @GetMapping("/@{handle}/status/{uuid}")
    Feeds.Discussion status(@PathVariable String handle, @PathVariable String uuid) {
        Feeds.Discussion discussion = discussion(uuid);
        if (!discussion.activity().handle().equals(handle)) {
            throw new NotFoundException();
        }
        return discussion;
    }

    @GetMapping("/{uuid}")
    Feeds.Discussion discussion(@PathVariable String uuid) {
        return feeds.discussion(Input.uuid(uuid)).orElseThrow(NotFoundException::new);
    }

    @PostMapping
    Activity create(User author, @RequestBody NewActivity activity) {
        return posts.create(author, activity.message(), activity.ttl());
    }

    @PostMapping("/{uuid}/reply")
    Activity reply(User author, @PathVariable String uuid, @RequestBody NewReply reply) {
        return posts.reply(author, uuid, reply.message());
    }
}
