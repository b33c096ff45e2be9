package io.cruddur.obs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds a parameter's value, or on a method its result, to the span of a {@link Traced} method as an annotation, by which X-Ray can be searched.
 *
 * <p>Text, numbers, booleans, enums, dates and the like are taken as they are, and what is in an {@code Optional}. Of anything
 * else {@code toString()} is not called, for it may be large or load what is lazy: it is left out, and said so once.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
public @interface TraceAnnotation {
    /** The key; by default the parameter's name, or {@code result}. */
    String value() default "";
}
