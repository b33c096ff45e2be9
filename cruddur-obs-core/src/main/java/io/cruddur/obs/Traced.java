package io.cruddur.obs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a span of each call of a method, or of each public method of a class. The Spring starter reads it on beans, and a
 * call must go through the bean: one from within the same object does not. Without Spring, {@link Obs#traced} reads it on
 * methods.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Traced {
    /** The span's name; by default {@code Class.method}. */
    String value() default "";

    /** False leaves out a method of a class that is traced as a whole. */
    boolean enabled() default true;
}
