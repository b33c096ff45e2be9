package io.cruddur.obs.test.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A span as a collector gets it.
 *
 * @param resource what it is said to come from
 * @param span the span
 */
public record ReceivedSpan(Resource resource, Span span) {

    /** The name. */
    public String name() {
        return span.getName();
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    /** 16 hexadecimal digits. */
    public String spanId() {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    /** 16 hexadecimal digits; empty for the first span of a trace. */
    public String parentId() {
        return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    /** The value of an attribute, if the span has it. */
    public Optional<AnyValue> attribute(String key) {
        return find(span.getAttributesList(), key);
    }

    /** The text of an attribute; empty if the span has it not. */
    public String text(String key) {
        return attribute(key).map(AnyValue::getStringValue).orElse("");
    }

    /** The texts of an attribute that is a list. */
    public List<String> texts(String key) {
        return attribute(key).stream()
                .flatMap(value -> value.getArrayValue().getValuesList().stream())
                .map(AnyValue::getStringValue)
                .toList();
    }

    /** The value of an attribute of the resource, if it has it. */
    public Optional<AnyValue> ofResource(String key) {
        return find(resource.getAttributesList(), key);
    }

    private static Optional<AnyValue> find(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .findFirst();
    }
}
