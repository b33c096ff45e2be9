package io.cruddur.obs.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

class LambdaTest {
    private static final String PROPERTY = "com.amazonaws.xray.traceHeader";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
        SdkInternalThreadLocal.clear();
    }

    @Test
    void theThreadsHeaderGoesBeforeTheProcesss() {
        var header = Lambda.header(Map.of("_X_AMZN_TRACE_ID", "of the environment"));
        assertThat(header.get()).isEqualTo("of the environment");
        System.setProperty(PROPERTY, "of the runtime");
        assertThat(header.get()).isEqualTo("of the runtime");
        SdkInternalThreadLocal.put("AWS_LAMBDA_X_TRACE_ID", "of the thread");
        assertThat(header.get()).isEqualTo("of the thread");
    }

    @Test
    void aFunctionIsToldByItsEnvironment() {
        assertThat(Lambda.isHere(Map.of("AWS_LAMBDA_FUNCTION_NAME", "cruds"))).isTrue();
        assertThat(Lambda.isHere(Map.of("LAMBDA_TASK_ROOT", "/var/task"))).isTrue();
        assertThat(Lambda.isHere(Map.of("_X_AMZN_TRACE_ID", "Root=1"))).isFalse();
    }
}
