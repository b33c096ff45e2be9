package io.cruddur.backend.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The server that {@code spring.datasource.url} names; where none is named, a PostgreSQL of our own that is gone with
 * the process. It takes seconds to start, so it starts before the context does and beside it.
 */
public final class Database implements ApplicationContextInitializer<GenericApplicationContext> {
    /** For its server to answer: a busy machine may need longer than the library would wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void initialize(GenericApplicationContext context) {
        String url = context.getEnvironment().getRequiredProperty("spring.datasource.url");
        if (url.equals("embedded")) {
            if (!ClassUtils.isPresent("io.zonky.test.db.postgres.embedded.EmbeddedPostgres", null)) {
                throw new IllegalStateException(
                        "The packaged application brings no PostgreSQL: set DATABASE_URL, such as"
                                + " postgresql://user:password@host:5432/cruddur.");
            }
            startEmbedded(context);
        } else if (!url.startsWith("jdbc:")) {
            DatabaseAddress address = DatabaseAddress.parse(url);
            context.registerBean(JdbcConnectionDetails.class, () -> address);
        }
    }

    private static void startEmbedded(GenericApplicationContext context) {
        CompletableFuture<EmbeddedPostgres> postgres =
                CompletableFuture.supplyAsync(Database::start, task -> new Thread(task, "postgres").start());
        // First to be registered, so last to be destroyed; and destroyed also when the context fails to start.
        context.getDefaultListableBeanFactory()
                .registerDisposableBean(
                        "embeddedPostgres", () -> postgres.join().close());
        context.registerBean(
                JdbcConnectionDetails.class,
                () -> DatabaseAddress.open(postgres.join().getJdbcUrl("postgres", "postgres"), "postgres"));
    }

    private static EmbeddedPostgres start() {
        try {
            // Without its own shutdown hook, which would end it under the last requests.
            return EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(PATIENCE)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
