package io.cruddur.obs.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a span says of a call to AWS. A span with it is one of the namespace {@code aws}. Immutable.
 *
 * @param operation the API's operation, such as {@code PutItem}; null when it is not known
 * @param region the region called
 * @param accountId the account, if it is not the caller's
 * @param requestId the id that the service gave to the request
 * @param tableName a DynamoDB table
 * @param queueUrl an SQS queue
 * @param resourceNames other resources that the call names
 * @param retries attempts after the first; -1 when it is not known
 */
public record AwsCall(
        @Nullable String operation,
        @Nullable String region,
        @Nullable String accountId,
        @Nullable String requestId,
        @Nullable String tableName,
        @Nullable String queueUrl,
        List<String> resourceNames,
        int retries) {

    /** Copies the list. */
    public AwsCall {
        resourceNames = List.copyOf(resourceNames);
    }

    /** An operation with nothing else known. */
    public static AwsCall of(String operation) {
        return new AwsCall(operation, null, null, null, null, null, List.of(), -1);
    }

    /** The same with its region. */
    public AwsCall withRegion(@Nullable String newRegion) {
        return new AwsCall(operation, newRegion, accountId, requestId, tableName, queueUrl, resourceNames, retries);
    }

    /** The same with the account. */
    public AwsCall withAccountId(@Nullable String id) {
        return new AwsCall(operation, region, id, requestId, tableName, queueUrl, resourceNames, retries);
    }

    /** The same with the service's request id. */
    public AwsCall withRequestId(@Nullable String id) {
        return new AwsCall(operation, region, accountId, id, tableName, queueUrl, resourceNames, retries);
    }

    /** The same with a DynamoDB table. */
    public AwsCall withTableName(@Nullable String name) {
        return new AwsCall(operation, region, accountId, requestId, name, queueUrl, resourceNames, retries);
    }

    /** The same with an SQS queue. */
    public AwsCall withQueueUrl(@Nullable String url) {
        return new AwsCall(operation, region, accountId, requestId, tableName, url, resourceNames, retries);
    }

    /** The same with other resources. */
    public AwsCall withResourceNames(List<String> names) {
        return new AwsCall(operation, region, accountId, requestId, tableName, queueUrl, names, retries);
    }

    /** The same with the attempts after the first. */
    public AwsCall withRetries(int count) {
        return new AwsCall(operation, region, accountId, requestId, tableName, queueUrl, resourceNames, count);
    }
}
