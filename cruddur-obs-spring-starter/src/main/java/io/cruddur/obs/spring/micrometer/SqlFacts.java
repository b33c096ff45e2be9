package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.jdbc.StatementText;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a client span's tags say of statements, by the name that r2dbc-proxy gives them. They go into the sql block, each
 * without the values that stand in it. Used by one thread at a time.
 */
final class SqlFacts {
    private static final String QUERY = "r2dbc.query[";

    private @Nullable StringJoiner statements;

    /** False if it is no statement. */
    boolean take(String key, String value) {
        if (!key.startsWith(QUERY)) {
            return false;
        }
        if (statements == null) {
            statements = new StringJoiner("; ");
        }
        statements.add(value);
        return true;
    }

    void putOn(SpanNode node, @Nullable String database) {
        if (statements != null) {
            String text = StatementText.withoutLiterals(statements.toString(), quotesStringsTwice(database));
            if (node.parent() == null) {
                // A segment has no such block.
                node.putMetadata("sql", "sanitized_query", text);
            } else {
                node.putSql(SqlCall.of(text).withDatabase(database, null));
            }
        }
    }

    private static boolean quotesStringsTwice(@Nullable String database) {
        String name = database == null ? "" : database.toLowerCase(Locale.ROOT);
        return name.contains("mysql") || name.contains("mariadb");
    }
}
