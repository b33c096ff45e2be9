package io.cruddur.obs.test;

import io.cruddur.obs.TraceContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** What a test says about a span. Each failure shows the span's tree. */
public final class SpanAssert extends AbstractAssert<SpanAssert, CapturedSpan> {

    SpanAssert(CapturedSpan actual) {
        super(actual, SpanAssert.class);
    }

    /** It has this name. */
    public SpanAssert hasName(String name) {
        return check(actual.name().equals(name), "the name %s", name);
    }

    /** It has this annotation; a whole number is a {@code long}, another one a {@code double}. */
    public SpanAssert hasAnnotation(String key, Object value) {
        Object expected = value instanceof Integer number ? (Object) number.longValue() : value;
        Object found = actual.annotation(key).orElse(null);
        return check(expected.equals(found), "the annotation %s = %s, but it is %s", key, value, found);
    }

    /** It has no annotation of this name. */
    public SpanAssert hasNoAnnotation(String key) {
        return check(actual.annotation(key).isEmpty(), "no annotation %s", key);
    }

    /** It has this metadata in the namespace {@code default}, in its JSON form: {@code "text"}, {@code 1}, {@code [1]}. */
    public SpanAssert hasMetadata(String key, String json) {
        return hasMetadata("default", key, json);
    }

    /** It has this metadata, in its JSON form. */
    public SpanAssert hasMetadata(String namespace, String key, String json) {
        String found = actual.metadata(namespace, key).toString();
        return check(found.equals(json), "the metadata %s.%s = %s, but it is %s", namespace, key, json, found);
    }

    /** Its children have these names, in this order; none, if none are given. */
    public SpanAssert hasChildren(String... names) {
        List<String> found = actual.children().stream().map(CapturedSpan::name).toList();
        return check(found.equals(List.of(names)), "the children %s", List.of(names));
    }

    /** Goes on with the one child of this name. */
    public SpanAssert child(String name) {
        List<CapturedSpan> found = actual.children().stream()
                .filter(child -> child.name().equals(name))
                .toList();
        check(found.size() == 1, "one child named %s, but %s", name, found.size());
        return new SpanAssert(found.get(0));
    }

    /** It is the first of its trace. */
    public SpanAssert beginsATrace() {
        return check(actual.parentId().isEmpty(), "no parent, but %s", actual.parentId());
    }

    /** It goes on with this span, of this process or another. */
    public SpanAssert isChildOf(TraceContext parent) {
        boolean isChild = actual.traceId().equals(parent.xrayTraceId())
                && parent.spanId().equals(actual.parentId().orElse(null));
        return check(isChild, "the parent %s", parent);
    }

    /**
     * The headers of a call tell the other side to go on with this span.
     *
     * @param headers names are compared without regard to case
     */
    public SpanAssert isPropagatedBy(Map<String, String> headers) {
        String xray = valueOf(headers, "X-Amzn-Trace-Id");
        String w3c = valueOf(headers, "traceparent");
        boolean byXray =
                xray != null && xray.contains("Root=" + actual.traceId()) && xray.contains("Parent=" + actual.id());
        String w3cTraceId = actual.traceId().substring(2).replace("-", "");
        boolean byW3c = w3c != null && w3c.startsWith("00-" + w3cTraceId + '-' + actual.id() + '-');
        boolean contradicts = (xray != null && !byXray) || (w3c != null && !byW3c);
        return check((byXray || byW3c) && !contradicts, "propagation by %s", headers);
    }

    private static @Nullable String valueOf(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** It has failed, with an exception of this class on it. */
    public SpanAssert failedWith(Class<? extends Throwable> type) {
        return check(
                actual.isFault() && actual.exceptionTypes().contains(type.getName()),
                "a fault with %s, but has %s",
                type.getName(),
                actual.exceptionTypes());
    }

    /** It is marked as a fault. */
    public SpanAssert isFault() {
        return check(actual.isFault(), "a fault");
    }

    /** It is marked as an error of its caller. */
    public SpanAssert isError() {
        return check(actual.isError(), "an error");
    }

    /** It is marked neither as a fault nor as an error. */
    public SpanAssert isOk() {
        return check(!actual.isFault() && !actual.isError(), "no fault and no error");
    }

    /** The answer had this status. */
    public SpanAssert hasStatus(int status) {
        int found =
                actual.document().path("http").path("response").path("status").asInt(0);
        return check(found == status, "the status %s, but it is %s", status, found);
    }

    private SpanAssert check(boolean holds, String expected, @Nullable Object... arguments) {
        isNotNull();
        if (!holds) {
            failWithMessage("Expected %s of the span%n  %s%n  %s", format(expected, arguments), actual, document());
        }
        return this;
    }

    private static String format(String expected, @Nullable Object... arguments) {
        return String.format(Locale.ROOT, expected, arguments);
    }

    private String document() {
        return Objects.requireNonNull(actual).document().toString();
    }
}
