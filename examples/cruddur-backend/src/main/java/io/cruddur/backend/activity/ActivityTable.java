package io.cruddur.backend.activity;

import io.cruddur.backend.user.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements about cruds. */
@Repository
class ActivityTable {
    private static final String SELECT = """
            SELECT a.*, u.display_name, u.handle
            FROM activities a JOIN users u ON u.uuid = a.user_uuid
            WHERE (a.expires_at IS NULL OR a.expires_at > now())
            """;

    private static final String INSERT = """
            WITH a AS (
                INSERT INTO activities (user_uuid, message, expires_at, reply_to_activity_uuid)
                VALUES (:user, :message, :expires, :replyTo)
                RETURNING *)
            SELECT a.*, u.display_name, u.handle
            FROM a JOIN users u ON u.uuid = a.user_uuid""";

    private static final int REPLIES = 1_000;

    private final JdbcClient jdbc;

    ActivityTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Activity> newest(int limit) {
        return jdbc.sql(SELECT + "ORDER BY a.created_at DESC LIMIT :limit")
                .param("limit", limit)
                .query(ActivityTable::activity)
                .list();
    }

    /** The newest that have the term in their message, whatever its case; it is text and no pattern. */
    List<Activity> with(String term, int limit) {
        return jdbc.sql(SELECT + """
                        AND position(lower(:term) IN lower(a.message)) > 0
                        ORDER BY a.created_at DESC LIMIT :limit""")
                .param("term", term)
                .param("limit", limit)
                .query(ActivityTable::activity)
                .list();
    }

    List<Activity> of(String handle, int limit) {
        return jdbc.sql(SELECT + "AND u.handle = :handle ORDER BY a.created_at DESC LIMIT :limit")
                .param("handle", handle)
                .param("limit", limit)
                .query(ActivityTable::activity)
                .list();
    }

    Optional<Activity> find(UUID uuid) {
        return jdbc.sql(SELECT + "AND a.uuid = :uuid")
                .param("uuid", uuid)
                .query(ActivityTable::activity)
                .optional();
    }

    List<Activity> repliesTo(UUID uuid) {
        return jdbc.sql(SELECT + "AND a.reply_to_activity_uuid = :uuid ORDER BY a.created_at LIMIT :limit")
                .param("uuid", uuid)
                .param("limit", REPLIES)
                .query(ActivityTable::activity)
                .list();
    }

    Activity insert(User author, String message, @Nullable OffsetDateTime expiresAt, @Nullable UUID replyTo) {
        return jdbc.sql(INSERT)
                .param("user", author.uuid())
                .param("message", message)
                .param("expires", expiresAt)
                .param("replyTo", replyTo)
                .query(ActivityTable::activity)
                .single();
    }

    void countReply(UUID uuid) {
        jdbc.sql("UPDATE activities SET replies_count = replies_count + 1 WHERE uuid = :uuid")
                .param("uuid", uuid)
                .update();
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
