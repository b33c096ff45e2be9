package io.cruddur.obs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds a parameter's value, or on a method its result, to the span of a {@link Traced} method as metadata.
 *
 * <p>It is copied at once, as {@link Span#metadata(String, Object)} does: maps, collections and plain values as they are,
 * anything else as its {@code toString()}, bounded in depth and size.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
public @interface TraceMetadata {
    /** The key; by default the parameter's name, or {@code result}. */
    String value() default "";
}
