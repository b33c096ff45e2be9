package io.cruddur.obs.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Hands out traced connections, and is in all else what it stands before. */
final class TracedDataSource implements DataSource, AutoCloseable {
    private final DataSource target;
    private final JdbcTracing tracing;

    TracedDataSource(DataSource target, JdbcTracing tracing) {
        this.target = target;
        this.tracing = tracing;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return tracing.trace(target.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return tracing.trace(target.getConnection(username, password));
    }

    /** Its connections are not traced: there is no other way to hand one out. */
    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        return target.createConnectionBuilder();
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return target.createShardingKeyBuilder();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return target.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(target) || target.isWrapperFor(type);
    }

    /** Closes the pool behind it, if that can be closed. */
    @Override
    public void close() throws Exception {
        if (target instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
