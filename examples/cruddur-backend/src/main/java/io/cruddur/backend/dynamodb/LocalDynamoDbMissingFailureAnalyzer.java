package io.cruddur.backend.dynamodb;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do without DynamoDB Local. */
class LocalDynamoDbMissingFailureAnalyzer extends AbstractFailureAnalyzer<LocalDynamoDbMissingException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, LocalDynamoDbMissingException cause) {
        return new FailureAnalysis(
                cause.getMessage() + ". The build fetches it from Maven Central; it is never part of the application.",
                "On a laptop run `mvn -pl examples/cruddur-backend -am process-classes` once, with a network."
                        + " Elsewhere set AWS_ENDPOINT_URL_DYNAMODB to the DynamoDB to use, such as"
                        + " https://dynamodb.us-east-1.amazonaws.com or http://localhost:8000.",
                failure);
    }
}
