package io.cruddur.backend.activity;

import io.cruddur.backend.user.Profile;
import io.cruddur.backend.user.Users;
import io.cruddur.obs.Traced;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** What there is to read. A crud that has expired is not there. */
@Service
class Feeds {
    private static final Logger LOGGER = LoggerFactory.getLogger(Feeds.class);

    private static final int HOME = 100;
    private static final int SEARCH = 100;
    private static final int OF_A_USER = 40;

    /** A person and what that person said. */
    record OfUser(Profile profile, List<Activity> activities) {}

    /** What was said, and what others said to it, oldest first. */
    record Discussion(Activity activity, List<Activity> replies) {}

    private final ActivityTable table;
    private final Users users;

    Feeds(ActivityTable table, Users users) {
        this.table = table;
        this.users = users;
    }

    @Traced("home_activities")
    public List<Activity> home(boolean signedIn) {
        List<Activity> activities = table.newest(HOME);
        LOGGER.atInfo()
                .addKeyValue("count", activities.size())
                .addKeyValue("signedIn", signedIn)
                .log("Home activities read");
        return activities;
    }

    @Traced("search_activities")
    public List<Activity> search(String term) {
        List<Activity> found = table.with(term, SEARCH);
        LOGGER.atInfo().addKeyValue("count", found.size()).log("Activities searched");
        return found;
    }

    @Traced("user_activities")
    public Optional<OfUser> of(String handle) {
        return users.profile(handle).map(profile -> new OfUser(profile, table.of(handle, OF_A_USER)));
    }

    @Traced("show_activity")
    public Optional<Discussion> discussion(UUID uuid) {
        return table.find(uuid).map(activity -> new Discussion(activity, table.repliesTo(uuid)));
    }
}
