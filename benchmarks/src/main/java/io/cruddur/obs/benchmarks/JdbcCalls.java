package io.cruddur.obs.benchmarks;

import com.amazonaws.xray.sql.TracingDataSource;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.benchmarks.peer.CruddurObs;
import io.cruddur.obs.jdbc.JdbcTracing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One statement of an embedded database, as its driver is and behind what traces it; the connection is kept. */
public class JdbcCalls extends Measured {

    /** A connection of each. */
    @State(Scope.Benchmark)
    public static class Connections {
        private Obs obs;
        private Connection plain;
        private Connection traced;
        private Connection proxied;
        private Connection bySdk;

        @Setup(Level.Trial)
        public void open(CruddurObs.Recorded peer) throws SQLException {
            obs = peer.obs();
            DataSource source = h2();
            plain = source.getConnection();
            traced = JdbcTracing.create().trace(source).getConnection();
            proxied = ProxyDataSourceBuilder.create(source)
                    .beforeQuery((execution, queries) -> {})
                    .afterQuery((execution, queries) -> {})
                    .build()
                    .getConnection();
            bySdk = new TracingDataSource(source).getConnection();
        }

        private static DataSource h2() {
            var h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:benchmark");
            return h2;
        }

        @TearDown(Level.Trial)
        public void close() throws SQLException {
            bySdk.close();
            proxied.close();
            traced.close();
            plain.close();
        }
    }

    private static int query(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?")) {
            statement.setInt(1, 7);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getInt(1) : 0;
            }
        }
    }

    @Benchmark
    public int notTraced(Connections all) throws SQLException {
        try (Span request = all.obs.trace("request").start()) {
            return query(all.plain);
        }
    }

    @Benchmark
    public int traced(Connections all) throws SQLException {
        try (Span request = all.obs.trace("request").start()) {
            return query(all.traced);
        }
    }

    @Benchmark
    public int tracedOutsideATrace(Connections all) throws SQLException {
        return query(all.traced);
    }

    @Benchmark
    public int datasourceProxyThatRecordsNothing(Connections all) throws SQLException {
        try (Span request = all.obs.trace("request").start()) {
            return query(all.proxied);
        }
    }

    @Benchmark
    public int xraySdkBridged(Connections all) throws SQLException {
        try (Span request = all.obs.trace("request").start()) {
            return query(all.bySdk);
        }
    }
}
