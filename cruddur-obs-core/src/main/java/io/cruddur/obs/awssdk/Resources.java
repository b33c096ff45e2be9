package io.cruddur.obs.awssdk;

import io.cruddur.obs.trace.AwsCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/** What a call is about: a table, a queue, a bucket. Names alone; no keys, no items, no messages, no telephone numbers. */
final class Resources {
    /** Fields of requests, in the words of the services: S3, SNS, Lambda, Kinesis, Firehose, Step Functions and others. */
    private static final List<String> NAMES = List.of(
            "Bucket",
            "TopicArn",
            "TargetArn",
            "FunctionName",
            "StreamName",
            "StreamARN",
            "DeliveryStreamName",
            "stateMachineArn",
            "SecretId",
            "EventBusName",
            "QueueName");

    private static final int MAX_TABLES = 20;

    private Resources() {}

    /** The same call with what the request names. */
    static AwsCall of(SdkRequest request, AwsCall call) {
        return call.withTableName(text(request, "TableName"))
                .withQueueUrl(text(request, "QueueUrl"))
                .withResourceNames(names(request));
    }

    private static List<String> names(SdkRequest request) {
        var names = new ArrayList<String>();
        for (String field : NAMES) {
            String name = text(request, field);
            if (name != null) {
                names.add(name);
            }
        }
        // DynamoDB's batches: by table.
        if (request.getValueForField("RequestItems", Object.class).orElse(null) instanceof Map<?, ?> tables) {
            tables.keySet().stream().limit(MAX_TABLES).map(String::valueOf).forEach(names::add);
        }
        return names;
    }

    private static @Nullable String text(SdkRequest request, String field) {
        Object value = request.getValueForField(field, Object.class).orElse(null);
        return value instanceof String text && !text.isEmpty() ? text : null;
    }
}
