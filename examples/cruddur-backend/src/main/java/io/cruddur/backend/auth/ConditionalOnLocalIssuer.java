package io.cruddur.backend.auth;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;

/** While {@code CRUDDUR_DEV} is not {@code false}, and there is no Cognito. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ConditionalOnBooleanProperty("cruddur.dev")
@ConditionalOnExpression("'${cruddur.cognito.user-pool-id}'.isBlank()")
@interface ConditionalOnLocalIssuer {}
