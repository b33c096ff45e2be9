package io.cruddur.backend.dynamodb;

import java.nio.file.Path;

/** A DynamoDB Local that is not the application's own. */
public final class DynamoDbServer implements AutoCloseable {
    private final LocalDynamoDb local =
            new LocalDynamoDb(Path.of("target/dynamodb-local").toAbsolutePath());

    public String endpoint() {
        return local.endpoint().toString();
    }

    @Override
    public void close() {
        local.close();
    }
}
