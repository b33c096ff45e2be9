package io.cruddur.obs.aws.platform;

import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * Whether this is a Lambda function, and in which trace it was invoked. The header is read anew each time, since it
 * changes with each invocation: from the thread, where the AWS SDK knows it, as in functions with several invocations at a
 * time; else from the system property that Lambda's runtimes set; else from the environment, which a Java process sees as
 * it was when it began. Thread-safe.
 */
public final class Lambda {
    /** What a function is in X-Ray. */
    public static final Platform PLATFORM = Platform.of("AWS::Lambda::Function");

    private static final String VARIABLE = "_X_AMZN_TRACE_ID";
    private static final String PROPERTY = "com.amazonaws.xray.traceHeader";
    private static final String KEY_OF_THREAD = "AWS_LAMBDA_X_TRACE_ID";

    private Lambda() {}

    /** Whether this environment is a function's. */
    public static boolean isHere(Map<String, String> environment) {
        return isSet(environment.get("AWS_LAMBDA_FUNCTION_NAME")) || isSet(environment.get("LAMBDA_TASK_ROOT"));
    }

    /** The header of the invocation that is under way; gives null where there is none. */
    public static Supplier<@Nullable String> header(Map<String, String> environment) {
        UnaryOperator<@Nullable String> ofThread = ofThread();
        return () -> {
            String header = ofThread.apply(KEY_OF_THREAD);
            if (!isSet(header)) {
                header = System.getProperty(PROPERTY);
            }
            return isSet(header) ? header : environment.get(VARIABLE);
        };
    }

    /** The AWS SDK may be left out, or be older than this. */
    private static UnaryOperator<@Nullable String> ofThread() {
        try {
            SdkInternalThreadLocal.get(KEY_OF_THREAD);
            return SdkInternalThreadLocal::get;
        } catch (LinkageError e) {
            return key -> null;
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
