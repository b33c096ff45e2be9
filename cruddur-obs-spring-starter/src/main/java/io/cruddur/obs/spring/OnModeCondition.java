package io.cruddur.obs.spring;

import java.util.Arrays;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Behind {@link ConditionalOnMode}. */
final class OnModeCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Mode[] wanted = metadata.getAnnotations()
                .get(ConditionalOnMode.class)
                .getValue("value", Mode[].class)
                .orElseThrow();
        Mode active = ActiveMode.of(context.getEnvironment(), context.getClassLoader());
        return new ConditionOutcome(
                Arrays.asList(wanted).contains(active),
                ConditionMessage.forCondition(ConditionalOnMode.class).because("the mode is " + active));
    }
}
