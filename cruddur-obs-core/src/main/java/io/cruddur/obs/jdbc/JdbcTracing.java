package io.cruddur.obs.jdbc;

import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Makes each statement that is executed a span with X-Ray's {@code sql} block, a child of what is current on the calling
 * thread. Where no trace is current or it is not recorded, a statement costs what it did before: nothing begins a trace of
 * its own, so what a migration does at the start is not shown. Taking a connection, a commit and the reading of results are
 * no spans.
 *
 * <pre>{@code
 * DataSource traced = JdbcTracing.create().trace(dataSource);
 * }</pre>
 *
 * <p>It belongs to no {@code Obs}: it records for whichever has the current trace. What goes wrong in recording never
 * reaches the application. Thread-safe.
 */
public final class JdbcTracing {
    /** Beyond it, addresses are made up by somebody: their facts are read anew. */
    private static final int MAX_DATABASES = 256;

    private final boolean statements;
    private final boolean user;
    private final Map<String, Database> databases = new ConcurrentHashMap<>();

    private JdbcTracing(Builder builder) {
        this.statements = builder.statements;
        this.user = builder.user;
    }

    /** One that sends neither the text of statements nor the database's user. */
    public static JdbcTracing create() {
        return builder().build();
    }

    /** A builder with both off. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The data source, each of whose connections is traced. The original is found by {@link DataSource#unwrap}. One that
     * the X-Ray SDK or this class has wrapped is given back as it is.
     */
    public DataSource trace(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return dataSource instanceof TracedDataSource || isTracedByOthers(dataSource.getClass())
                ? dataSource
                : new TracedDataSource(dataSource, this);
    }

    /** The connection, each of whose statements is traced. One that is traced already is given back as it is. */
    public Connection trace(Connection connection) {
        Objects.requireNonNull(connection, "connection");
        return Forwarding.isTraced(connection) ? connection : new ConnectionCalls(connection, this).proxy();
    }

    /** Whether objects of the type make spans of their own. */
    public static boolean isTracedByOthers(Class<?> type) {
        return type.getName().startsWith("com.amazonaws.xray.sql.");
    }

    boolean showsStatements() {
        return statements;
    }

    /** What is said of the database behind a connection; read once an address. */
    Database database(Connection connection) {
        String url = Database.url(connection);
        Database known = databases.get(url);
        if (known == null) {
            known = Database.read(connection, url, user);
            if (databases.size() < MAX_DATABASES) {
                databases.put(url, known);
            }
        }
        return known;
    }

    /** What is sent beside the database's name and address. Used by one thread. */
    public static final class Builder {
        private boolean statements;
        private boolean user;

        private Builder() {}

        /**
         * Whether the text of prepared statements and calls is sent, with {@code ?} in the place of each literal in it;
         * false by default. The text of other statements is never sent: values are a part of it.
         */
        public Builder statements(boolean sent) {
            this.statements = sent;
            return this;
        }

        /** Whether the name of the database's user is sent; false by default. Some drivers ask the server for it, once. */
        public Builder user(boolean sent) {
            this.user = sent;
            return this;
        }

        /** The tracing. */
        public JdbcTracing build() {
            return new JdbcTracing(this);
        }
    }
}
