package io.cruddur.obs.otlp;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Databases by the names that the semantic conventions give them. */
final class Databases {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("apache derby", "derby"),
            Map.entry("h2", "h2database"),
            Map.entry("hsql database engine", "hsqldb"),
            Map.entry("mariadb", "mariadb"),
            Map.entry("microsoft sql server", "microsoft.sql_server"),
            Map.entry("mysql", "mysql"),
            Map.entry("oracle", "oracle.db"),
            Map.entry("postgresql", "postgresql"),
            Map.entry("sqlite", "sqlite"));

    /** Host, port and name in {@code jdbc:postgresql://user@host:5432/name?options}. */
    private static final Pattern URL =
            Pattern.compile("^[^/]*+//(?:[^@/]*+@)?(\\[[^\\]]*+\\]|[^/:;?,]++)(?::(\\d{1,5}))?+(?:/([^?;]*+))?");

    private Databases() {}

    /** The name of a product as its driver says it; {@code other_sql} where nothing is said or known. */
    static String systemName(@Nullable String product) {
        String known = product == null ? null : NAMES.get(product.strip().toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        return product != null && product.startsWith("DB2") ? "ibm.db2" : "other_sql";
    }

    static Matcher parts(String url) {
        return URL.matcher(url);
    }
}
