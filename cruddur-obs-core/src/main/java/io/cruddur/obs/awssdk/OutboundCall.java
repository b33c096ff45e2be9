package io.cruddur.obs.awssdk;

import io.cruddur.obs.propagation.XAmznTraceId;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.Frame;
import io.cruddur.obs.trace.Kind;
import io.cruddur.obs.trace.SpanNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/**
 * A call from its beginning to its end, all attempts of it. It is not current anywhere: an asynchronous one ends on another
 * thread, and what the SDK does for it, such as asking for credentials, stands beside it.
 */
final class OutboundCall {
    private static final List<String> REQUEST_IDS = List.of("x-amzn-RequestId", "x-amz-request-id");

    /** Whether the X-Ray SDK's interceptor may be there. */
    private static final boolean XRAY_SDK = isPresent("com.amazonaws.xray.interceptors.TracingInterceptor");

    /** What that keeps its span under. */
    private static final String XRAY_ENTITY = "AWS X-Ray Entity";

    /** Null for a call in a trace that is not recorded: the service is told so. */
    private final @Nullable SpanNode span;

    private final String header;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AwsCall said;

    private OutboundCall(@Nullable SpanNode span, String header, AwsCall said) {
        this.span = span;
        this.header = header;
        this.said = said;
    }

    /** Null where no trace is current, or somebody else records the call. */
    static @Nullable OutboundCall begin(SdkRequest request, ExecutionAttributes attributes) {
        Frame frame = Frame.current();
        if (frame == null || frame.tracer() == null || (XRAY_SDK && isRecordedByXraySdk(attributes))) {
            return null;
        }
        SpanNode span = frame.beginAside(name(attributes), Kind.CLIENT);
        String header = XAmznTraceId.format(
                frame.traceIdHigh(),
                frame.traceIdLow(),
                span == null ? frame.spanId() : span.id(),
                frame.sampledDownstream());
        if (span == null) {
            return new OutboundCall(null, header, AwsCall.of(""));
        }
        Region region = attributes.getAttribute(AwsExecutionAttribute.AWS_REGION);
        AwsCall said = Resources.of(
                request,
                AwsCall.of(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
                        .withRegion(region == null ? null : region.id()));
        span.putAws(said);
        return new OutboundCall(span, header, said);
    }

    private static String name(ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        return service == null ? "AWS" : service;
    }

    private static boolean isRecordedByXraySdk(ExecutionAttributes attributes) {
        return attributes.getAttributes().keySet().stream()
                .anyMatch(key -> key.toString().equals(XRAY_ENTITY));
    }

    String header() {
        return header;
    }

    void attempt() {
        attempts.incrementAndGet();
    }

    void succeeded(SdkHttpResponse http) {
        if (span == null) {
            return;
        }
        answered(http);
        end(http.firstMatchingHeader(REQUEST_IDS).orElse(null));
    }

    void failed(Throwable exception, @Nullable SdkHttpResponse http) {
        if (span == null) {
            return;
        }
        String requestId = null;
        if (http != null) {
            answered(http);
            requestId = http.firstMatchingHeader(REQUEST_IDS).orElse(null);
        }
        if (exception instanceof SdkServiceException refused) {
            span.putHttpResponse(refused.statusCode(), -1);
            if (refused.isThrottlingException()) {
                span.markThrottle(true);
                span.markError(true);
                span.markFault(false);
            }
        }
        if (requestId == null && exception instanceof AwsServiceException refused) {
            requestId = refused.requestId();
        }
        span.putException(exception);
        end(requestId);
    }

    private void answered(SdkHttpResponse http) {
        if (span != null) {
            span.putHttpResponse(http.statusCode(), length(http));
        }
    }

    private static long length(SdkHttpResponse http) {
        try {
            return http.firstMatchingHeader("Content-Length")
                    .map(Long::parseLong)
                    .orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void end(@Nullable String requestId) {
        if (span != null) {
            span.putAws(said.withRequestId(requestId).withRetries(Math.max(0, attempts.get() - 1)));
            span.end();
        }
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, OutboundCall.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
