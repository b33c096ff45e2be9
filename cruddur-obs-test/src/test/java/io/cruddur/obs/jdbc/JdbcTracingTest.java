package io.cruddur.obs.jdbc;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.sql.TracingDataSource;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.trace.Sampler;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What X-Ray is told of statements, over a real database. */
class JdbcTracingTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final DataSource database = JdbcTracing.create().trace(h2());
    private final List<String> asked = new ArrayList<>();

    private static DataSource h2() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:cruddur;MODE=PostgreSQL");
        h2.setUser("backend");
        return h2;
    }

    private void traced(DataSource source, CheckedConnection use) throws SQLException {
        telemetry.obs().trace("request").run(() -> {
            try (Connection connection = source.getConnection()) {
                use.with(connection);
            }
        });
    }

    private void traced(CheckedConnection use) throws SQLException {
        traced(database, use);
    }

    interface CheckedConnection {
        void with(Connection connection) throws SQLException;
    }

    private CapturedSpan statement() {
        assertThat(telemetry.trace().children()).hasSize(1);
        return telemetry.trace().children().get(0);
    }

    @Test
    void aStatementIsARemoteCallWithTheDatabasesFactsAndWithoutItsText() throws SQLException {
        traced(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("select 'secret'").close();
            }
        });
        var document = statement().document();
        assertThat(statement().name()).isEqualTo("CRUDDUR");
        assertThat(document.path("namespace").asString()).isEqualTo("remote");
        assertThat(document.at("/sql/url").asString()).isEqualTo("jdbc:h2:mem:cruddur");
        assertThat(document.at("/sql/database_type").asString()).isEqualTo("H2");
        assertThat(document.at("/sql/database_version").asString()).isNotEmpty();
        assertThat(document.at("/sql/driver_version").asString()).isNotEmpty();
        assertThat(document.path("sql").has("user")).isFalse();
        assertThat(document.path("sql").has("sanitized_query")).isFalse();
        assertThat(document.toString()).doesNotContain("secret");
    }

    @Test
    void textAndUserAreSentWhenAskedForButNotTheTextOfAStatementWithValues() throws SQLException {
        DataSource open =
                JdbcTracing.builder().statements(true).user(true).build().trace(h2());
        traced(open, connection -> {
            try (PreparedStatement statement =
                            connection.prepareStatement("select ? where 'secret' <> ? and current_date is not null");
                    Statement other = connection.createStatement();
                    CallableStatement call = connection.prepareCall("call abs(?)")) {
                statement.setString(1, "secret");
                statement.setString(2, "secret");
                statement.executeQuery().close();
                other.execute("select 'secret'");
                call.setInt(1, -4);
                call.execute();
            }
        });
        var children = telemetry.trace().children();
        assertThat(children).hasSize(3);
        var prepared = children.get(0).document().path("sql");
        assertThat(prepared.path("sanitized_query").asString())
                .isEqualTo("select ? where ? <> ? and current_date is not null");
        assertThat(prepared.path("preparation").asString()).isEqualTo("statement");
        assertThat(prepared.path("user").asString()).isEqualTo("BACKEND");
        assertThat(children.get(1).document().path("sql").has("sanitized_query"))
                .isFalse();
        assertThat(children.get(2).document().at("/sql/preparation").asString()).isEqualTo("call");
        assertThat(telemetry.documents().toString()).doesNotContain("secret");
    }

    @Test
    void whatFailsIsAFaultAndTheDriversExceptionReachesTheCallerAsItIs() throws SQLException {
        var seen = new ArrayList<Throwable>();
        traced(connection -> {
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeUpdate("no such statement"))
                        .isInstanceOf(SQLException.class)
                        .satisfies(seen::add);
            }
        });
        assertThat(statement()).isFault().failedWith(seen.get(0).getClass());
        assertThat(statement().exceptionTypes()).hasSize(1);
        assertThat(telemetry.trace()).isOk();
    }

    @Test
    void anExceptionThatGoesThroughEverySpanIsWrittenOutOnce() {
        assertThatThrownBy(() -> traced(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("no such statement");
                    }
                }))
                .isInstanceOf(SQLException.class);
        assertThat(statement().exceptionTypes()).hasSize(1);
        assertThat(telemetry.trace()).isFault();
        assertThat(telemetry.trace().exceptionTypes()).isEmpty();
    }

    @Test
    void aBatchIsOneSpanThatSaysHowManyItWere() throws SQLException {
        traced(connection -> {
            connection.createStatement().execute("create table if not exists cruds (id int)");
            try (PreparedStatement insert = connection.prepareStatement("insert into cruds values (?)")) {
                for (int i = 0; i < 3; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
                insert.setInt(1, 4);
                insert.addBatch();
                insert.clearBatch();
                insert.setInt(1, 5);
                insert.addBatch();
                assertThat(insert.executeLargeBatch()).containsExactly(1);
                connection.commit();
            }
        });
        var children = telemetry.trace().children();
        assertThat(children).hasSize(3);
        assertThat(children.get(1).metadata("sql", "batch_size").asInt()).isEqualTo(3);
        assertThat(children.get(2).metadata("sql", "batch_size").asInt()).isEqualTo(1);
    }

    @Test
    void whereNoTraceIsCurrentNothingBeginsOne() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select 1")).isTrue();
        }
        assertThat(telemetry.documents()).isEmpty();
    }

    @Test
    void inATraceThatIsNotRecordedTheDatabaseIsNotEvenAskedWhoItIs() throws SQLException {
        try (Obs unsampled = Obs.builder()
                        .sampler(Sampler.never())
                        .segmentDocuments(document -> {
                            throw new AssertionError("was sent");
                        })
                        .build();
                Connection connection = JdbcTracing.create()
                        .trace(behindProxy(DataSource.class, h2()))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(unsampled.trace("request").<Boolean, SQLException>call(() -> statement.execute("select 1")))
                    .isTrue();
        }
        assertThat(asked).contains("createStatement").doesNotContain("getMetaData", "getCatalog");
        assertThat(telemetry.documents()).isEmpty();
    }

    @Test
    void whatIsTracedTwiceIsOneSpan() throws SQLException {
        // As a lazy or routing data source stands before the one that it asks.
        DataSource hiding = behindProxy(DataSource.class, database);
        traced(JdbcTracing.create().trace(hiding), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
        });
        assertThat(telemetry.trace()).hasToString("request(CRUDDUR)");
        assertThat(JdbcTracing.create().trace(database)).isSameAs(database);
    }

    /** What Spring's proxies do, of connections as well; what is asked of them is kept. */
    private <T> T behindProxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                JdbcTracingTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    Object result = method.invoke(target, arguments);
                    return result instanceof Connection connection ? behindProxy(Connection.class, connection) : result;
                }));
    }

    @Test
    void oneThatTheXraySdkTracesIsLeftToIt() throws SQLException {
        DataSource theirs = new TracingDataSource(h2());
        DataSource ours = JdbcTracing.create().trace(theirs);
        assertThat(ours).isSameAs(theirs);
        traced(ours, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
        });
        assertThat(telemetry.trace().children()).hasSize(1);
    }

    @Test
    void theObjectsOfTheDriverAreFoundAndTracedOnesEqualThemselves() throws SQLException {
        assertThat(database.isWrapperFor(JdbcDataSource.class)).isTrue();
        assertThat(database.unwrap(JdbcDataSource.class)).isInstanceOf(JdbcDataSource.class);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("select 1")) {
            assertThat(connection.isWrapperFor(JdbcConnection.class)).isTrue();
            assertThat(connection.unwrap(JdbcConnection.class)).isNotNull();
            assertThat(statement.getConnection()).isSameAs(connection).isEqualTo(connection);
            assertThat(connection).hasSameHashCodeAs(connection.unwrap(JdbcConnection.class));
            assertThat(prepared).isNotEqualTo(statement).isEqualTo(prepared);
            assertThat(connection.equals(null)).isFalse();
        }
    }

    @Test
    void whatTheSpanIsCurrentForEndsWithTheStatement() throws SQLException {
        traced(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
                telemetry.obs().trace("after").run(() -> {});
            }
        });
        assertThat(telemetry.trace()).hasChildren("CRUDDUR", "after");
    }
}
