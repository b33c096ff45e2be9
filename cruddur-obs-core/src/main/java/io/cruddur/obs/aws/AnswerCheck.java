package io.cruddur.obs.aws;

import io.cruddur.obs.trace.Ids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Looks at an answer before the SDK does, which takes a success with an empty body, or any JSON, for the service's word.
 * Records are delivered only when the service says so: its answer is a JSON object that has a field of the service's, or
 * comes with a request id, or is empty where the service's own may be. It is also bounded: the SDK would read an endless
 * one into memory.
 *
 * @param operation the operation that delivers, such as {@code PutLogEvents}
 * @param fields fields of its answer, of which one stands in each that is not empty
 * @param mayBeEmpty whether an empty object is an answer
 * @param longest how long a call may take until its answer is read
 */
public record AnswerCheck(String operation, List<String> fields, boolean mayBeEmpty, Duration longest)
        implements ExecutionInterceptor {
    private static final int MOST_BYTES = 256 * 1_024;
    /** Named apart, since the SDK refuses a name that it knows, and it may outlive the class loader that this is from. */
    private static final ExecutionAttribute<Long> BEGUN_NANOS =
            new ExecutionAttribute<>("CruddurObsBegunNanos " + Ids.uuid());

    /** Without a limit of time. */
    public AnswerCheck(String operation, List<String> fields, boolean mayBeEmpty) {
        this(operation, fields, mayBeEmpty, Duration.ofNanos(Long.MAX_VALUE));
    }

    AnswerCheck within(Duration limit) {
        return new AnswerCheck(operation, fields, mayBeEmpty, limit);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        attributes.putAttribute(BEGUN_NANOS, System.nanoTime());
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        long begunNanos = attributes.getOptionalAttribute(BEGUN_NANOS).orElseGet(System::nanoTime);
        byte[] body =
                context.responseBody().map(content -> read(content, begunNanos)).orElse(new byte[0]);
        boolean delivers = operation.equals(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        if (delivers && context.httpResponse().isSuccessful() && !isTheService(context, body)) {
            throw SdkClientException.create("not an answer of the service's");
        }
        return Optional.of(new ByteArrayInputStream(body));
    }

    /**
     * All of it, or as much as is ever looked at. The SDK's timer ends an attempt by closing this stream, for which it waits
     * until no read is under way: an answer that comes drop by drop has to be given up here. It is not closed then. The JDK
     * would read on from it aside, in the hope to use the connection again, and the timer would wait for that instead.
     */
    private byte[] read(InputStream content, long begunNanos) {
        try {
            var body = new ByteArrayOutputStream();
            var piece = new byte[4_096];
            for (int read = content.read(piece); read >= 0 && body.size() < MOST_BYTES; read = content.read(piece)) {
                body.write(piece, 0, read);
                if (Thread.currentThread().isInterrupted() || System.nanoTime() - begunNanos > longest.toNanos()) {
                    throw new InterruptedIOException("the attempt took too long");
                }
            }
            content.close();
            return body.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTheService(Context.ModifyHttpResponse context, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return false;
        }
        boolean identified =
                context.httpResponse().firstMatchingHeader("x-amzn-RequestId").isPresent();
        boolean empty = text.substring(1, text.length() - 1).isBlank();
        return identified
                || (empty && mayBeEmpty)
                || fields.stream().anyMatch(field -> text.contains('"' + field + '"'));
    }
}
