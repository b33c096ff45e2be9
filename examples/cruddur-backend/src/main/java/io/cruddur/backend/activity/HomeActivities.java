package io.cruddur.backend.activity;

import io.cruddur.obs.Traced;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The public feed. */
@Service
class HomeActivities {
    private static final Logger LOGGER = LoggerFactory.getLogger(HomeActivities.class);

    private final JdbcClient jdbc;

    HomeActivities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest 100 cruds that have not expired. */
    @Traced("home_activities")
    public List<Activity> newestFirst() {
        List<Activity> activities =
                jdbc.sql("""
                        SELECT a.*, u.display_name, u.handle
                        FROM activities a JOIN users u ON u.uuid = a.user_uuid
                        WHERE a.expires_at IS NULL OR a.expires_at > now()
                        ORDER BY a.created_at DESC
                        LIMIT 100""").query(HomeActivities::activity).list();
        LOGGER.atInfo().addKeyValue("count", activities.size()).log("Home activities read");
        return activities;
    }

    private static Activity activity(ResultSet row, int number) throws SQLException {
        return new Activity(
                row.getObject("uuid", UUID.class),
                row.getString("display_name"),
                row.getString("handle"),
                row.getString("message"),
                row.getInt("replies_count"),
                row.getInt("reposts_count"),
                row.getInt("likes_count"),
                row.getObject("reply_to_activity_uuid", UUID.class),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("expires_at", OffsetDateTime.class),
                null);
    }
}
