package io.cruddur.obs.jdbc;

import io.cruddur.obs.trace.SqlCall;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A database as its spans show it.
 *
 * @param name {@code database@host}, as the X-Ray SDK names it; without the host where there is none
 * @param facts its address, product and versions
 */
record Database(String name, SqlCall facts) {
    private static final String UNKNOWN = "database";

    /** What a driver may throw where it is asked for a fact. */
    private interface Fact {
        @Nullable String read() throws SQLException;
    }

    /** The driver's word for the address; empty where it has none. */
    static String url(Connection connection) {
        String url = read(() -> connection.getMetaData().getURL());
        return url == null ? "" : url;
    }

    static Database read(Connection connection, String url, boolean withUser) {
        JdbcUrl address = JdbcUrl.parse(url);
        String catalog = read(connection::getCatalog);
        return new Database(
                name(catalog == null || catalog.isBlank() ? address.database() : catalog, address.host()),
                new SqlCall(
                        address.shown(),
                        null,
                        read(() -> metadata(connection).getDatabaseProductName()),
                        read(() -> metadata(connection).getDatabaseProductVersion()),
                        read(() -> metadata(connection).getDriverVersion()),
                        withUser ? read(() -> metadata(connection).getUserName()) : null,
                        null));
    }

    /** Whether text in double quotes is a string to it, and no name. */
    boolean quotesStringsTwice() {
        String type = facts.databaseType();
        return type == null || type.contains("MySQL") || type.contains("MariaDB");
    }

    private static DatabaseMetaData metadata(Connection connection) throws SQLException {
        return connection.getMetaData();
    }

    private static String name(@Nullable String database, @Nullable String host) {
        if (host == null) {
            return database == null ? UNKNOWN : database;
        }
        return (database == null ? UNKNOWN : database) + '@' + host;
    }

    private static @Nullable String read(Fact fact) {
        try {
            return fact.read();
        } catch (SQLException | RuntimeException | AbstractMethodError e) {
            // A fact less; old drivers lack methods.
            return null;
        }
    }
}
