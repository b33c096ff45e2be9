package io.cruddur.obs.cloudwatch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatchlogs.model.Entity;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;

/** The entity that goes with each batch, until the service rejects it. Used by one thread, the sink's. */
final class EntityField {
    private static final Logger LOG = LoggerFactory.getLogger(EntityField.class);

    private final String sink;
    private @Nullable Entity entity;

    EntityField(String sink, @Nullable LogEntity entity) {
        this.sink = sink;
        this.entity = entity == null
                ? null
                : Entity.builder()
                        .keyAttributes(Map.of(
                                "Type", "Service", "Name", entity.service(), "Environment", entity.environment()))
                        .attributes(entity.attributes())
                        .build();
    }

    @Nullable Entity value() {
        return entity;
    }

    /** Events are taken also where their entity is not. */
    void taken(PutLogEventsResponse response) {
        if (response.rejectedEntityInfo() != null) {
            leaveOut(String.valueOf(response.rejectedEntityInfo().errorType()));
        }
    }

    void leaveOut(String reason) {
        if (entity != null) {
            entity = null;
            LOG.warn(
                    "CloudWatch Logs rejected the entity of {} ({}). Events are sent without it from here on; they are not "
                            + "shown with the service. Check service and environment, or turn the entity off.",
                    sink,
                    reason);
        }
    }
}
