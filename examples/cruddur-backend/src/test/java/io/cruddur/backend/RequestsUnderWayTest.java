package io.cruddur.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.backend.support.BackendProcess;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.Client.Reply;
import io.cruddur.obs.console.Console;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SIGTERM while requests are known to be under way, since a lock of the test's holds them in the database. */
class RequestsUnderWayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whatIsUnderWayIsAnsweredAndNothingElseIsTaken() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try (Console console = Console.builder()
                        .port(0)
                        .token(ShutdownUnderLoadTest.TOKEN)
                        .start();
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> environment = new HashMap<>(ShutdownUnderLoadTest.environment(console.port()));
            environment.put("DATABASE_URL", "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres");
            try (BackendProcess backend = BackendProcess.start(environment);
                    Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                int port = backend.port();
                var client = new Client(port);
                String[] token = client.as("andrewbrown");
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE activities");

                var read = CompletableFuture.supplyAsync(() -> client.get("/api/activities/home"), callers);
                var written = CompletableFuture.supplyAsync(
                        () -> client.post("/api/activities", "{\"message\": \"x\", \"ttl\": \"1-day\"}", token),
                        callers);
                await("both wait for the lock").atMost(PATIENCE).until(() -> waiting(statement) == 2);
                backend.terminate();
                await("the port is closed").atMost(PATIENCE).until(() -> isRefused(port));
                connection.rollback();

                assertThat(answer(read).status()).isEqualTo(200);
                assertThat(answer(written).status()).isEqualTo(200);
                assertThat(backend.exitCode()).isIn(0, 143);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static Reply answer(CompletableFuture<Reply> reply) throws Exception {
        return reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static int waiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean isRefused(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }
}
