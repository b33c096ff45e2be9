package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.baggage.Baggage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which baggage is more than carried.
 *
 * @param remote observations' key values of that name become baggage
 * @param tags baggage of that name is annotated on each span that begins with it
 */
record BaggageFields(List<String> remote, List<String> tags) {
    static final BaggageFields NONE = new BaggageFields(List.of(), List.of());

    /** Of an entry that is put while a span is current. */
    void tag(@Nullable BridgeContext current, String name, @Nullable String value) {
        if (value != null && tags.contains(name) && current instanceof BridgeContext.Recorded recorded) {
            Tags.put(recorded.node(), name, value);
        }
    }

    void tag(BridgeContext.Recorded begun) {
        Baggage baggage = begun.carried().baggage();
        if (tags.isEmpty() || baggage.isEmpty()) {
            return;
        }
        Map<String, String> values = baggage.asMap();
        for (String name : tags) {
            String value = values.get(name);
            if (value != null) {
                Tags.put(begun.node(), name, value);
            }
        }
    }
}
