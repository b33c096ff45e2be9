package io.cruddur.obs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a span of each call of a method, or of each public method of a class or interface. Where the method gives a {@code
 * CompletionStage}, a {@code Mono} or a {@code Flux}, the span ends when that ends. An exception is recorded on the span and
 * thrown on.
 *
 * <p>The Spring starter reads it on beans; without Spring, {@link Obs#traced} reads it on an interface and what implements
 * it. In both, a call must go through the bean or the object that {@code traced} gave: one from within the same object does
 * not, and is written as {@code obs.trace("name").call(() -> ..)}. It may stand on an annotation of one's own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Traced {
    /** The span's name; by default {@code Class.method}. On a type it stands for the type's name. */
    String value() default "";

    /**
     * Annotations of the span, each as {@code key=expression}. An expression is a path from a parameter by its name or place,
     * or from the result: {@code user=#user.handle}, {@code term=#a0}, {@code count=#result.size()}. A part of a path is a
     * component of a record, a property with a getter, a key of a map, or a method without parameters; where something on
     * the way is null, there is no annotation. In Spring any other expression of its expression language may stand there too.
     * A parameter's name needs the compiler's flag {@code -parameters}.
     */
    String[] annotate() default {};

    /**
     * Whether the span begins a trace of its own, whatever is current: for methods that a scheduler or a listener calls.
     */
    boolean newTrace() default false;

    /** False leaves out a method of a type that is traced as a whole. */
    boolean enabled() default true;
}
