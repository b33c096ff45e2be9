package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.jdbc.StatementText;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a client span's tags say of statements, by the name that r2dbc-proxy gives them. They go into the sql block: their
 * text only where it is asked for, and without the values that stand in it. Used by one thread at a time.
 */
final class SqlFacts {
    private static final String QUERY = "r2dbc.query[";

    private final boolean sendsText;
    private final StringJoiner statements = new StringJoiner("; ");
    private boolean isCall;

    /**
     * Facts of one span.
     *
     * @param sendsText whether the text of statements is sent
     */
    SqlFacts(boolean sendsText) {
        this.sendsText = sendsText;
    }

    /** False if it is no statement. */
    boolean take(String key, String value) {
        if (!key.startsWith(QUERY)) {
            return false;
        }
        isCall = true;
        if (sendsText) {
            statements.add(value);
        }
        return true;
    }

    void putOn(SpanNode node, @Nullable String database) {
        if (!isCall) {
            return;
        }
        String text =
                sendsText ? StatementText.withoutLiterals(statements.toString(), quotesStringsTwice(database)) : null;
        if (node.parent() != null) {
            node.putSql(new SqlCall(null, text, database, null, null, null, null));
        } else if (text != null) {
            // A segment has no such block.
            node.putMetadata("sql", "sanitized_query", text);
        }
    }

    private static boolean quotesStringsTwice(@Nullable String database) {
        String name = database == null ? "" : database.toLowerCase(Locale.ROOT);
        return name.contains("mysql") || name.contains("mariadb");
    }
}
