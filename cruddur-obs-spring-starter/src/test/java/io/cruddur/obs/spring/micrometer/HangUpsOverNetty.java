package io.cruddur.obs.spring.micrometer;

import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Cases that cannot hold for WebFlux over Netty. */
final class HangUpsOverNetty implements ExecutionCondition {
    private static final Set<String> CASES = Set.of("aClientThatHangsUpIsNoFaultAndNotReported");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean named = context.getTestMethod()
                .filter(method -> CASES.contains(method.getName()))
                .isPresent();
        return named
                ? ConditionEvaluationResult.disabled(
                        "Netty does not tell of a client that hangs up while it is sent to: no fault, but no annotation")
                : ConditionEvaluationResult.enabled("holds");
    }
}
