package io.cruddur.obs;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What an expression of {@link Traced#annotate} gives for a call. Compiled once a method; thread-safe. */
@FunctionalInterface
public interface TracedExpression {
    /**
     * The value.
     *
     * @param arguments the call's
     * @param result what the call gave; null before it has
     */
    @Nullable Object value(@Nullable Object[] arguments, @Nullable Object result);

    /** Reads expressions that are no paths. */
    @FunctionalInterface
    interface Compiler {
        /**
         * The expression.
         *
         * @param method the method that it stands on, for the names of its parameters
         * @throws IllegalArgumentException saying what is wrong with it
         */
        TracedExpression compile(Method method, String expression);
    }
}
