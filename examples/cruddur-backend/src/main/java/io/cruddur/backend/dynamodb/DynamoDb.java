package io.cruddur.backend.dynamodb;

import io.cruddur.backend.CruddurBackend;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The DynamoDB that {@code AWS_ENDPOINT_URL_DYNAMODB} names; where none is named, DynamoDB Local, which starts beside the
 * context and is gone with the process.
 */
public final class DynamoDb implements ApplicationContextInitializer<GenericApplicationContext> {
    static final String EMBEDDED = "embedded";

    @Override
    public void initialize(GenericApplicationContext context) {
        if (!EMBEDDED.equals(context.getEnvironment().getProperty("cruddur.dynamodb.endpoint"))) {
            return;
        }
        Path folder = folder();
        CompletableFuture<LocalDynamoDb> local = CompletableFuture.supplyAsync(
                () -> new LocalDynamoDb(folder), task -> new Thread(task, "dynamodb-local").start());
        // Registered before all others, so destroyed after them; also when the context fails to start.
        context.getDefaultListableBeanFactory()
                .registerDisposableBean(
                        "localDynamoDb",
                        () -> local.thenAccept(LocalDynamoDb::close).join());
        context.addApplicationListener(new EndAfterFailedStart());
        context.registerBean(Endpoint.class, () -> () -> local.join().endpoint());
    }

    /** Where DynamoDB Local listens, once it does. */
    interface Endpoint {
        URI get();
    }

    /** Where the build puts it: beside the classes or the jar. */
    private static Path folder() {
        Path home = new ApplicationHome(CruddurBackend.class).getDir().toPath().toAbsolutePath();
        return Stream.of("dynamodb-local", "../dynamodb-local", "target/dynamodb-local")
                .map(folder -> home.resolve(folder).normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new LocalDynamoDbMissingException(home.resolveSibling("dynamodb-local")));
    }
}
