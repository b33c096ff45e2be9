package io.cruddur.obs.test.logs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the calls do. Thread-safe. */
final class Operations {
    private static final int MOST_REFUSALS = 1_000;

    private final Groups groups;
    private final @Nullable Consumer<ReceivedEvent> taker;
    private final LongAdder taken = new LongAdder();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> entities = new CopyOnWriteArrayList<>();
    private volatile @Nullable String entityError;

    /** @param taker gets each event that is taken; null counts them only */
    Operations(Groups groups, @Nullable Consumer<ReceivedEvent> taker) {
        this.groups = groups;
        this.taker = taker;
    }

    Reply answer(Request request) {
        try {
            if (!request.signed()) {
                throw new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token");
            }
            return Reply.json(200, operate(request));
        } catch (ServiceError e) {
            refuse(request, e);
            return e.reply();
        } catch (JacksonException e) {
            var error = new ServiceError("SerializationException", "The body is not JSON.");
            refuse(request, error);
            return error.reply();
        }
    }

    /** That something is not there, or there already, is how a sender learns of it; it breaks no rule. */
    private void refuse(Request request, ServiceError error) {
        if (!error.code().startsWith("Resource") && refusals.size() < MOST_REFUSALS) {
            refusals.add(request.operation() + ": " + error.code() + ": " + error.getMessage());
        }
    }

    private String operate(Request request) {
        if (request.operation().equals("PutLogEvents")) {
            return put(Batch.read(request.body(), taker != null));
        }
        JsonNode body = JsonMapper.shared().readTree(request.body());
        String group = body.path("logGroupName").asString("");
        switch (request.operation()) {
            case "CreateLogGroup" ->
                groups.create(group, body.path("logGroupClass").asString("STANDARD"), tags(body));
            case "CreateLogStream" ->
                groups.createStream(group, body.path("logStreamName").asString(""));
            case "PutRetentionPolicy" ->
                groups.retain(group, body.path("retentionInDays").asInt(0));
            case "TagResource" -> {
                String arn = body.path("resourceArn").asString("");
                groups.tag(arn.substring(arn.lastIndexOf(':') + 1), tags(body));
            }
            default -> throw new ServiceError("UnknownOperationException", "");
        }
        return "";
    }

    private static Map<String, String> tags(JsonNode body) {
        var tags = new LinkedHashMap<String, String>();
        body.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        return tags;
    }

    private String put(Batch batch) {
        Limits.check(batch);
        Groups.Kept group = groups.checked(batch.group(), batch.stream());
        Limits.Window window = Limits.window(batch, System.currentTimeMillis(), group.retentionDays());
        for (int i = window.start(); i < window.tooNewStart(); i++) {
            taken.increment();
            if (taker != null) {
                taker.accept(new ReceivedEvent(batch.group(), batch.stream(), batch.timestamp(i), batch.message(i)));
            }
        }
        return answer(batch, window, entityError(batch, group));
    }

    private @Nullable String entityError(Batch batch, Groups.Kept group) {
        Map<String, String> entity = batch.entity();
        if (entity == null) {
            return null;
        }
        entities.add(entity);
        if (entityError != null) {
            return entityError;
        }
        if (!group.logClass().equals("STANDARD")) {
            return "UnsupportedLogGroupType";
        }
        boolean complete =
                entity.containsKey("Type") && entity.containsKey("Name") && entity.containsKey("Environment");
        return complete ? null : "MissingRequiredFields";
    }

    private static String answer(Batch batch, Limits.Window window, @Nullable String entityError) {
        // Sequence tokens are ignored since 2023, and still answered.
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("nextSequenceToken", "0");
        if (entityError != null) {
            answer.putObject("rejectedEntityInfo").put("errorType", entityError);
        }
        if (window.start() > 0 || window.tooNewStart() < batch.count()) {
            ObjectNode rejected = answer.putObject("rejectedLogEventsInfo");
            if (window.tooOldEnd() > 0) {
                rejected.put("tooOldLogEventEndIndex", window.tooOldEnd());
            }
            if (window.expiredEnd() > 0) {
                rejected.put("expiredLogEventEndIndex", window.expiredEnd());
            }
            if (window.tooNewStart() < batch.count()) {
                rejected.put("tooNewLogEventStartIndex", window.tooNewStart());
            }
        }
        return answer.toString();
    }

    void rejectEntities(@Nullable String errorType) {
        entityError = errorType;
    }

    long taken() {
        return taken.sum();
    }

    List<String> refusals() {
        return List.copyOf(refusals);
    }

    List<Map<String, String>> entities() {
        return List.copyOf(entities);
    }
}
