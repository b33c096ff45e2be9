package io.cruddur.obs.jdbc;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Calls of a connection: the statements that it makes are traced. Used by whichever threads use the connection. */
final class ConnectionCalls extends Forwarding<Connection> {
    private final JdbcTracing tracing;
    private volatile @Nullable Database database;

    ConnectionCalls(Connection target, JdbcTracing tracing) {
        super(target, Connection.class);
        this.tracing = tracing;
    }

    boolean showsStatements() {
        return tracing.showsStatements();
    }

    /** Asked for by the first statement that is a span. */
    Database database() {
        Database known = database;
        if (known == null) {
            database = known = tracing.database(target());
        }
        return known;
    }

    @Override
    @Nullable Object call(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        Object result = forward(method, arguments);
        String name = method.getName();
        if (name.equals("prepareStatement") && result instanceof PreparedStatement statement) {
            return new StatementCalls<>(statement, PreparedStatement.class, this, proxy, text(arguments), "statement")
                    .proxy();
        }
        if (name.equals("prepareCall") && result instanceof CallableStatement statement) {
            return new StatementCalls<>(statement, CallableStatement.class, this, proxy, text(arguments), "call")
                    .proxy();
        }
        if (name.equals("createStatement") && result instanceof Statement statement) {
            return new StatementCalls<>(statement, Statement.class, this, proxy, null, null).proxy();
        }
        return result;
    }

    private static @Nullable String text(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments[0] instanceof String text ? text : null;
    }
}
