package io.cruddur.obs.awssdk;

import io.cruddur.obs.trace.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Makes each call of an AWS SDK client a span with X-Ray's {@code aws} block, a child of what is current where the call is
 * made, and tells the service of the trace. The SDK finds it on the class path and puts it into every client, synchronous
 * and asynchronous; nothing is to be configured. Where no trace is current it does nothing: the clients that deliver what
 * is recorded are never traced themselves. A call that the X-Ray SDK's interceptor records is left to it.
 *
 * <p>Thread-safe. What goes wrong here never reaches the application.
 */
public final class AwsSdkTracing implements ExecutionInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(AwsSdkTracing.class);
    private static final String HEADER = "X-Amzn-Trace-Id";
    /** Named apart, since the SDK refuses a name that it knows, and it may outlive the class loader that this is from. */
    private static final ExecutionAttribute<OutboundCall> CALL =
            new ExecutionAttribute<>("CruddurObsCall " + Ids.uuid());

    private static volatile boolean enabled = !"false".equalsIgnoreCase(System.getenv("CRUDDUR_OBS_AWS_SDK_ENABLED"));

    /** For the SDK, which makes one for each client. */
    public AwsSdkTracing() {}

    /**
     * Whether calls that begin from now on are traced; by default, unless {@code CRUDDUR_OBS_AWS_SDK_ENABLED=false}. For the
     * whole process, as is the SDK's way to find it.
     */
    public static void enabled(boolean traced) {
        enabled = traced;
    }

    /** Whether calls that begin now are traced. */
    public static boolean isEnabled() {
        return enabled;
    }

    /** Not before: other interceptors may record the call, and say so by now. */
    @Override
    public void beforeMarshalling(Context.BeforeMarshalling context, ExecutionAttributes attributes) {
        if (enabled && attributes.getAttribute(CALL) == null) {
            guarded(() -> {
                OutboundCall call = OutboundCall.begin(context.request(), attributes);
                if (call != null) {
                    attributes.putAttribute(CALL, call);
                }
            });
        }
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        OutboundCall call = attributes.getAttribute(CALL);
        SdkHttpRequest request = context.httpRequest();
        if (call == null) {
            return request;
        }
        try {
            return request.toBuilder().putHeader(HEADER, call.header()).build();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A call to AWS could not be told of its trace", e);
            return request;
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        OutboundCall call = attributes.getAttribute(CALL);
        if (call != null) {
            call.attempt();
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        end(attributes, call -> call.succeeded(context.httpResponse()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        end(
                attributes,
                call -> call.failed(context.exception(), context.httpResponse().orElse(null)));
    }

    private interface Ending {
        void of(OutboundCall call);
    }

    private static void end(ExecutionAttributes attributes, Ending ending) {
        @Nullable OutboundCall call = attributes.getAttribute(CALL);
        if (call != null) {
            guarded(() -> ending.of(call));
        }
    }

    private static void guarded(Runnable recording) {
        try {
            recording.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A call to AWS could not be traced", e);
        }
    }
}
