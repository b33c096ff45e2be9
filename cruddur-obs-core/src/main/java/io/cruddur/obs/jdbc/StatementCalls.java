package io.cruddur.obs.jdbc;

import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import java.lang.reflect.Method;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of a statement: what is executed becomes a span. Used by one thread at a time, as JDBC's statements are.
 *
 * @param <T> the statement's interface
 */
final class StatementCalls<T extends Statement> extends Forwarding<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StatementCalls.class);

    private final ConnectionCalls connection;
    private final Object connectionProxy;
    private final @Nullable String text;
    private final @Nullable String preparation;
    private @Nullable SqlCall said;
    private int batch;

    /**
     * Calls of a statement.
     *
     * @param text what was prepared; null for a statement that is given its text later
     * @param preparation {@code statement} or {@code call}; null for neither
     */
    StatementCalls(
            T target,
            Class<T> type,
            ConnectionCalls connection,
            Object connectionProxy,
            @Nullable String text,
            @Nullable String preparation) {
        super(target, type);
        this.connection = connection;
        this.connectionProxy = connectionProxy;
        this.text = text;
        this.preparation = preparation;
    }

    @Override
    @Nullable Object call(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        switch (name) {
            case "getConnection" -> {
                // What is done with it is traced as well; the target still says when it is closed.
                return forward(method, arguments) == null ? null : connectionProxy;
            }
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> {
                return traced(method, arguments, 0);
            }
            case "executeBatch", "executeLargeBatch" -> {
                int size = batch;
                batch = 0;
                return traced(method, arguments, size);
            }
            case "addBatch" -> batch++;
            case "clearBatch" -> batch = 0;
            default -> {
                // Nothing is executed.
            }
        }
        return forward(method, arguments);
    }

    private @Nullable Object traced(Method method, @Nullable Object @Nullable [] arguments, int size) throws Throwable {
        Frame frame = Frame.current();
        SpanNode span = frame == null || !frame.sampled() ? null : begin(frame, size);
        if (span == null) {
            return forward(method, arguments);
        }
        try {
            return forward(method, arguments);
        } catch (Throwable e) {
            span.putException(e);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Null where there is one already, such as of a data source that stands before this one. */
    private @Nullable SpanNode begin(Frame frame, int size) {
        try {
            SpanNode current = frame.currentSpan();
            SpanExtra extra = current == null ? null : current.extraOrNull();
            if (extra != null && extra.sql() != null) {
                return null;
            }
            Database database = connection.database();
            SqlCall call = said(database);
            SpanNode span = frame.beginChild(database.name(), Kind.CLIENT);
            if (span != null) {
                span.putSql(call);
                if (size > 0) {
                    span.putMetadata("sql", "batch_size", size);
                }
            }
            return span;
        } catch (RuntimeException | LinkageError e) {
            // A driver's fault while it was asked who it is; the statement is executed all the same.
            LOG.debug("A statement could not be traced", e);
            return null;
        }
    }

    private SqlCall said(Database database) {
        SqlCall known = said;
        if (known == null) {
            known = database.facts();
            if (preparation != null) {
                known = known.withPreparation(preparation);
            }
            if (text != null && connection.showsStatements()) {
                known = known.withQuery(StatementText.withoutLiterals(text, database.quotesStringsTwice()));
            }
            said = known;
        }
        return known;
    }
}
