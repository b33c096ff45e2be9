package io.cruddur.backend.activity;

import io.cruddur.obs.Obs;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** What others did with one's cruds. Made up: it shows how spans are made by hand. */
@Service
class NotificationsActivities {
    private static final Logger LOGGER = LoggerFactory.getLogger(NotificationsActivities.class);

    private final Obs obs;

    NotificationsActivities(Obs obs) {
        this.obs = obs;
    }

    List<Activity> all() {
        return obs.trace("notifications_activities")
                .annotate("URI", "/api/activities/notifications")
                .call(() -> obs.trace("returning_mock_data").call(span -> {
                    List<Activity> results = mockData();
                    span.metadata("notification results", Map.of("number", results.size()));
                    LOGGER.atInfo().addKeyValue("number", results.size()).log("Notifications read");
                    return results;
                }));
    }

    private static List<Activity> mockData() {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        UUID uuid = UUID.fromString("68f126b0-1ceb-4a33-88be-d90fa7109eee");
        var reply = new Activity(
                UUID.fromString("26e12864-1c26-5c3a-9658-97a10f8fea67"),
                "Andrew Bayko",
                "bayko",
                "Mine has been there since Tuesday.",
                0,
                0,
                2,
                uuid,
                now.minusDays(1),
                now.plusDays(4),
                null);
        return List.of(new Activity(
                uuid,
                "Londo Mollari",
                "londo",
                "Has anyone seen a trace of this?",
                1,
                0,
                5,
                null,
                now.minusDays(2),
                now.plusDays(5),
                List.of(reply)));
    }
}
