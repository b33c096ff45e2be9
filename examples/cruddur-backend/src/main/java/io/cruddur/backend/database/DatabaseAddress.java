package io.cruddur.backend.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.StringUtils;

/** How to reach a PostgreSQL. Its text form leaves out what is secret. */
final class DatabaseAddress implements JdbcConnectionDetails {
    private static final String VALID = "DATABASE_URL is postgresql://user:password@host:port/database, with special"
            + " characters percent-encoded, or jdbc:postgresql://host:port/database?user=...&password=...";

    private final String jdbcUrl;
    private final @Nullable String username;
    private final @Nullable String password;

    DatabaseAddress(String jdbcUrl, @Nullable String username, @Nullable String password) {
        this.jdbcUrl = jdbcUrl;
        this.username = username;
        this.password = password;
    }

    /**
     * Takes a JDBC URL as it is, and reads the form that hosting services give and JDBC does not know.
     *
     * @param username for a URL that names no user
     * @throws IllegalArgumentException with the valid forms and without the value, which may hold a password
     */
    static DatabaseAddress parse(String url, @Nullable String username, @Nullable String password) {
        if (url.startsWith("jdbc:")) {
            return new DatabaseAddress(url, username, password);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(VALID);
        }
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!known || uri.getHost() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(VALID);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String parameters = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String jdbcUrl = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + parameters;
        String user = uri.getRawUserInfo();
        if (user == null) {
            return new DatabaseAddress(jdbcUrl, username, password);
        }
        String[] parts = user.split(":", 2);
        return new DatabaseAddress(jdbcUrl, decoded(parts[0]), parts.length < 2 ? password : decoded(parts[1]));
    }

    private static String decoded(String part) {
        return StringUtils.uriDecode(part, StandardCharsets.UTF_8);
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

    @Override
    public String toString() {
        return "DatabaseAddress[" + jdbcUrl.replaceFirst("\\?.*", "") + "]";
    }
}
