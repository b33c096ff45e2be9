package io.cruddur.backend.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements about people. */
@Repository
public class Users {
    private static final String SELECT = "SELECT uuid, handle, display_name FROM users ";

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The user of that handle. */
    public Optional<User> withHandle(String handle) {
        return jdbc.sql(SELECT + "WHERE handle = :handle")
                .param("handle", handle)
                .query(Users::user)
                .optional();
    }

    /** The user whom Cognito, or the local issuer, knows by that id. */
    public Optional<User> withCognitoId(String id) {
        return jdbc.sql(SELECT + "WHERE cognito_user_id = :id")
                .param("id", id)
                .query(Users::user)
                .optional();
    }

    /** The id by which the issuer of tokens knows the user of that handle. */
    public Optional<String> cognitoId(String handle) {
        return jdbc.sql("SELECT cognito_user_id FROM users WHERE handle = :handle")
                .param("handle", handle)
                .query(String.class)
                .optional();
    }

    /** The user of that handle with all that there is to show. */
    public Optional<Profile> profile(String handle) {
        return jdbc.sql("""
                        SELECT u.*, count(a.uuid) AS cruds_count
                        FROM users u LEFT JOIN activities a
                            ON a.user_uuid = u.uuid AND (a.expires_at IS NULL OR a.expires_at > now())
                        WHERE u.handle = :handle
                        GROUP BY u.uuid""").param("handle", handle).query(Users::profile).optional();
    }

    /** Changes what a user says about themselves. */
    public User update(User user, String displayName, @Nullable String bio) {
        return jdbc.sql("""
                        UPDATE users SET display_name = :name, bio = :bio WHERE uuid = :uuid
                        RETURNING uuid, handle, display_name""")
                .param("name", displayName)
                .param("bio", bio)
                .param("uuid", user.uuid())
                .query(Users::user)
                .single();
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(row.getObject("uuid", UUID.class), row.getString("handle"), row.getString("display_name"));
    }

    private static Profile profile(ResultSet row, int number) throws SQLException {
        return new Profile(
                row.getObject("uuid", UUID.class),
                row.getString("cognito_user_id"),
                row.getString("handle"),
                row.getString("display_name"),
                row.getString("bio"),
                row.getLong("cruds_count"));
    }
}
