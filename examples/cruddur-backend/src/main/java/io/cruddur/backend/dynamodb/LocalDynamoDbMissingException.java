package io.cruddur.backend.dynamodb;

import java.nio.file.Path;

/** Without it there is nowhere to keep conversations. */
final class LocalDynamoDbMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LocalDynamoDbMissingException(Path folder) {
        super("DynamoDB Local is not in " + folder);
    }
}
