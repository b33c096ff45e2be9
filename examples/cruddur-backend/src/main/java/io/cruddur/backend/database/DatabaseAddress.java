package io.cruddur.backend.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.StringUtils;

/** How to reach a PostgreSQL. A class and not a record, whose text form would hold the password. */
final class DatabaseAddress implements JdbcConnectionDetails {
    private static final String VALID = "DATABASE_URL is postgresql://user:password@host:port/database, with special"
            + " characters percent-encoded, or jdbc:postgresql://host:port/database?user=...&password=...";

    private final String jdbcUrl;
    private final @Nullable String username;
    private final @Nullable String password;

    private DatabaseAddress(String jdbcUrl, @Nullable String username, @Nullable String password) {
        this.jdbcUrl = jdbcUrl;
        this.username = username;
        this.password = password;
    }

    /** Of a server that asks for no password. Its own type stays out of here: the image does not have it. */
    static DatabaseAddress open(String jdbcUrl, String username) {
        return new DatabaseAddress(jdbcUrl, username, null);
    }

    /**
     * Reads the form that hosting services give and JDBC does not know.
     *
     * @throws IllegalArgumentException with the valid forms and without the value, which may hold a password
     */
    static DatabaseAddress parse(String url) {
        URI uri = uri(url);
        String scheme = uri.getScheme();
        boolean known = "postgresql".equals(scheme) || "postgres".equals(scheme);
        if (!known || uri.getHost() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(VALID);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String parameters = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String jdbcUrl = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + parameters;
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String username = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new DatabaseAddress(jdbcUrl, decodedOrNull(username), decodedOrNull(password));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(VALID);
        }
    }

    private static @Nullable String decodedOrNull(String part) {
        return part.isEmpty() ? null : StringUtils.uriDecode(part, StandardCharsets.UTF_8);
    }

    @Override
    public String getJdbcUrl() {
        return jdbcUrl;
    }

    @Override
    public @Nullable String getUsername() {
        return username;
    }

    @Override
    public @Nullable String getPassword() {
        return password;
    }
}
