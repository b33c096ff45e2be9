package io.cruddur.obs.trace;

import io.cruddur.obs.capture.CapturedValue;
import org.jspecify.annotations.Nullable;

/**
 * What a span says of a query. The text must be parameterised: values in it would be sent as they are. Immutable.
 *
 * @param url the database's address, without credentials
 * @param sanitizedQuery the statement with placeholders for its values
 * @param databaseType the product, such as {@code PostgreSQL}
 * @param databaseVersion the product's version
 * @param driverVersion the driver's version
 * @param user the database's user
 * @param preparation {@code statement} or {@code call}
 */
public record SqlCall(
        @Nullable String url,
        @Nullable String sanitizedQuery,
        @Nullable String databaseType,
        @Nullable String databaseVersion,
        @Nullable String driverVersion,
        @Nullable String user,
        @Nullable String preparation) {

    /** The service shows no more of a statement, and a driver may hand over a dump. */
    private static final int MAX_CHARS = 65_536;

    /** The same with a statement of at most 65,536 characters. */
    SqlCall shortened() {
        if (sanitizedQuery == null || sanitizedQuery.length() <= MAX_CHARS) {
            return this;
        }
        return new SqlCall(
                url,
                CapturedValue.shortened(sanitizedQuery, MAX_CHARS),
                databaseType,
                databaseVersion,
                driverVersion,
                user,
                preparation);
    }

    /** A query with nothing else known. */
    public static SqlCall of(String sanitizedQuery) {
        return new SqlCall(null, sanitizedQuery, null, null, null, null, null);
    }

    /** The same with a statement. */
    public SqlCall withQuery(@Nullable String newSanitizedQuery) {
        return new SqlCall(url, newSanitizedQuery, databaseType, databaseVersion, driverVersion, user, preparation);
    }

    /** The same with the database's address. */
    public SqlCall withUrl(@Nullable String newUrl) {
        return new SqlCall(newUrl, sanitizedQuery, databaseType, databaseVersion, driverVersion, user, preparation);
    }

    /** The same with the product and its version. */
    public SqlCall withDatabase(@Nullable String type, @Nullable String version) {
        return new SqlCall(url, sanitizedQuery, type, version, driverVersion, user, preparation);
    }

    /** The same with the driver's version. */
    public SqlCall withDriverVersion(@Nullable String version) {
        return new SqlCall(url, sanitizedQuery, databaseType, databaseVersion, version, user, preparation);
    }

    /** The same with the database's user. */
    public SqlCall withUser(@Nullable String newUser) {
        return new SqlCall(url, sanitizedQuery, databaseType, databaseVersion, driverVersion, newUser, preparation);
    }

    /** The same, said to be a {@code statement} or a {@code call}. */
    public SqlCall withPreparation(@Nullable String newPreparation) {
        return new SqlCall(url, sanitizedQuery, databaseType, databaseVersion, driverVersion, user, newPreparation);
    }
}
