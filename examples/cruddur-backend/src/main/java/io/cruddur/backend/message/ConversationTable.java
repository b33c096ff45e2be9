package io.cruddur.backend.message;

import io.cruddur.backend.user.User;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Repository;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactDeleteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * One table for two kinds of rows: {@code MSG#conversation / time}, a message, and {@code GRP#member / time}, a
 * conversation as one of its two members sees it, under the time of its last message. So the last message tells the key of
 * both members' rows, and each message moves them. A time is text that sorts as time does, and no key has a part of it:
 * nothing is out of reach when a year ends.
 *
 * <p>All reads are consistent. A row that moves with each message is where the last message says only to who sees both as
 * they are now; to others a conversation is missing, or not theirs, just after somebody has written.
 */
@Repository
class ConversationTable {
    private static final Expression IS_NEW =
            Expression.builder().expression("attribute_not_exists(pk)").build();
    private static final Expression IS_THERE =
            Expression.builder().expression("attribute_exists(pk)").build();
    private static final TableSchema<EnhancedDocument> SCHEMA = TableSchema.documentSchemaBuilder()
            .addIndexPartitionKey(TableMetadata.primaryIndexName(), "pk", AttributeValueType.S)
            .addIndexSortKey(TableMetadata.primaryIndexName(), "sk", AttributeValueType.S)
            .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
            .build();

    private final DynamoDbClient dynamoDb;
    private final DynamoDbEnhancedClient client;
    private final DynamoDbTable<EnhancedDocument> table;

    ConversationTable(
            DynamoDbClient dynamoDb, DynamoDbEnhancedClient client, @Value("${cruddur.dynamodb.table}") String name) {
        this.dynamoDb = dynamoDb;
        this.client = client;
        this.table = client.table(name, SCHEMA);
    }

    /** Makes the table if there is none, and waits until it can be used. */
    void createIfMissing() {
        try {
            table.createTable();
        } catch (ResourceInUseException isThere) {
            return;
        }
        try (DynamoDbWaiter waiter = DynamoDbWaiter.builder().client(dynamoDb).build()) {
            waiter.waitUntilTableExists(request -> request.tableName(table.tableName()));
        }
    }

    /** The newest of a member's conversations, newest first. */
    List<MessageGroup> newestGroups(UUID member, int limit) {
        return newest(groupsOf(member), limit).stream()
                .map(row -> new MessageGroup(
                        uuid(row, "message_group_uuid"),
                        row.getString("user_display_name"),
                        row.getString("user_handle"),
                        row.getString("message"),
                        row.getString("sk")))
                .toList();
    }

    /** The newest messages of a conversation, newest first. */
    List<Message> newestMessages(UUID group, int limit) {
        return newest(messagesOf(group), limit).stream()
                .map(row -> new Message(
                        uuid(row, "message_uuid"),
                        row.getString("user_display_name"),
                        row.getString("user_handle"),
                        row.getString("message"),
                        row.getString("sk")))
                .toList();
    }

    /** When the last message of a conversation was sent; empty if there is no such conversation. */
    Optional<String> lastTime(UUID group) {
        return newest(messagesOf(group), 1).stream().findFirst().map(row -> row.getString("sk"));
    }

    /** The other member of the conversation whose last message is of that time; empty if this one is not a member. */
    Optional<User> otherMember(UUID group, UUID member, String lastTime) {
        EnhancedDocument row =
                table.getItem(get -> get.key(key(groupsOf(member), lastTime)).consistentRead(true));
        return row != null && uuid(row, "message_group_uuid").equals(group)
                ? Optional.of(new User(
                        uuid(row, "user_uuid"), row.getString("user_handle"), row.getString("user_display_name")))
                : Optional.empty();
    }

    /**
     * Adds the first message, and the rows of both members.
     *
     * @throws TransactionCanceledException if a key is taken
     */
    Message begin(UUID group, User from, User to, String message, String time) {
        return write(TransactWriteItemsEnhancedRequest.builder(), group, from, to, message, time);
    }

    /**
     * Adds a message, and moves the rows of both members to its time.
     *
     * @throws TransactionCanceledException if another message came between, or a key is taken
     */
    Message append(UUID group, User from, User to, String message, String lastTime, String time) {
        var writes = TransactWriteItemsEnhancedRequest.builder();
        for (User member : List.of(from, to)) {
            writes.addDeleteItem(
                    table,
                    TransactDeleteItemEnhancedRequest.builder()
                            .key(key(groupsOf(member.uuid()), lastTime))
                            .conditionExpression(IS_THERE)
                            .build());
        }
        return write(writes, group, from, to, message, time);
    }

    private Message write(
            TransactWriteItemsEnhancedRequest.Builder writes,
            UUID group,
            User from,
            User to,
            String text,
            String time) {
        var message = new Message(UUID.randomUUID(), from.displayName(), from.handle(), text, time);
        put(
                writes,
                row(messagesOf(group), time, from, text)
                        .putString("message_uuid", message.uuid().toString())
                        .build());
        put(writes, groupRow(from, to, group, text, time));
        put(writes, groupRow(to, from, group, text, time));
        client.transactWriteItems(writes.build());
        return message;
    }

    private void put(TransactWriteItemsEnhancedRequest.Builder writes, EnhancedDocument row) {
        writes.addPutItem(
                table,
                TransactPutItemEnhancedRequest.builder(EnhancedDocument.class)
                        .item(row)
                        .conditionExpression(IS_NEW)
                        .build());
    }

    private static EnhancedDocument groupRow(User owner, User other, UUID group, String text, String time) {
        return row(groupsOf(owner.uuid()), time, other, text)
                .putString("message_group_uuid", group.toString())
                .build();
    }

    private static EnhancedDocument.Builder row(String partition, String time, User user, String text) {
        return EnhancedDocument.builder()
                .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
                .putString("pk", partition)
                .putString("sk", time)
                .putString("user_uuid", user.uuid().toString())
                .putString("user_display_name", user.displayName())
                .putString("user_handle", user.handle())
                .putString("message", text);
    }

    private List<EnhancedDocument> newest(String partition, int limit) {
        return table
                .query(query -> query.queryConditional(
                                QueryConditional.keyEqualTo(key -> key.partitionValue(partition)))
                        .consistentRead(true)
                        .scanIndexForward(false)
                        .limit(limit))
                .items()
                .stream()
                .limit(limit)
                .toList();
    }

    private static String messagesOf(UUID group) {
        return "MSG#" + group;
    }

    private static String groupsOf(UUID member) {
        return "GRP#" + member;
    }

    private static Key key(String partition, String sort) {
        return Key.builder().partitionValue(partition).sortValue(sort).build();
    }

    private static UUID uuid(EnhancedDocument row, String name) {
        return UUID.fromString(row.getString(name));
    }
}
