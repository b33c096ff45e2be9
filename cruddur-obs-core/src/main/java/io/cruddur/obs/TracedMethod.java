package io.cruddur.obs;

import io.cruddur.obs.trace.SpanNode;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the calls of a {@link Traced} method; settled once, so that a call costs little more than a span. For code
 * that stands around methods, such as the Spring starter's. Thread-safe.
 */
public final class TracedMethod {

    /** What goes on to the method itself. */
    @FunctionalInterface
    public interface Invocation {
        /** Calls it. */
        @Nullable Object proceed() throws Throwable;
    }

    private final String name;
    private final boolean newTrace;
    private final TracedValues values;
    private final boolean staged;
    private final boolean reactive;
    private final Predicate<Throwable> callersFault;

    private TracedMethod(
            String name, boolean newTrace, Method method, TracedValues values, Predicate<Throwable> callersFault) {
        this.name = name;
        this.newTrace = newTrace;
        this.values = values;
        this.callersFault = callersFault;
        this.staged = CompletionStage.class.isAssignableFrom(method.getReturnType());
        this.reactive = TracedPublishers.isPublisher(method.getReturnType());
    }

    /**
     * Settles what a method's calls become.
     *
     * @param name the span's
     * @param traced what stands on the method or its type
     * @param method the one that is called; its parameters are looked at, and those of what it overrides or implements
     * @param type the class of the objects that it is called on
     * @param expressions reads what is no path
     * @param callersFault whether an exception is the caller's fault, so that the span is an error and no fault
     * @throws IllegalArgumentException saying what is wrong with an expression, and where it stands
     */
    public static TracedMethod of(
            String name,
            Traced traced,
            Method method,
            Class<?> type,
            TracedExpression.Compiler expressions,
            Predicate<Throwable> callersFault) {
        return new TracedMethod(
                name, traced.newTrace(), method, TracedValues.of(traced, method, type, expressions), callersFault);
    }

    /** The span's name. */
    public String name() {
        return name;
    }

    /**
     * Calls the method inside a span.
     *
     * @param arguments the call's
     * @return what the method gives; a {@code Mono} or {@code Flux} is another one that records
     */
    public @Nullable Object call(Obs obs, @Nullable Object[] arguments, Invocation invocation) throws Throwable {
        if (reactive) {
            Object publisher = invocation.proceed();
            return publisher == null ? null : TracedPublishers.traced(this, obs, arguments, publisher);
        }
        Span span = begin(obs, arguments);
        boolean goesOn = false;
        try {
            Object result = invocation.proceed();
            if (staged && result instanceof CompletionStage<?> stage) {
                goesOn = true;
                handOver(span, stage, arguments);
            } else {
                succeeded(span, arguments, result);
            }
            return result;
        } catch (Throwable e) {
            failed(span, e);
            throw e;
        } finally {
            if (!goesOn) {
                span.close();
            }
        }
    }

    Span begin(Obs obs, @Nullable Object[] arguments) {
        SpanBuilder builder = obs.trace(name);
        Span span = (newTrace ? builder.newTrace() : builder).start();
        if (values.hasBefore() && span.isRecording()) {
            values.before(span, arguments);
        }
        return span;
    }

    /** Whether the span is told of what the method gives. */
    boolean wantsResult() {
        return values.hasAfter();
    }

    void succeeded(Span span, @Nullable Object[] arguments, @Nullable Object result) {
        if (values.hasAfter() && span.isRecording()) {
            values.after(span, arguments, result);
        }
    }

    void failed(Span span, Throwable exception) {
        span.exception(exception);
        if (span instanceof SpanNode node && callersFault.test(exception)) {
            node.markError(true);
            node.markFault(false);
        }
    }

    /** The stage is given on as it is: to cancel it, or to ask for its class, goes as without the span. */
    private void handOver(Span span, CompletionStage<?> stage, @Nullable Object[] arguments) {
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                succeeded(span, arguments, result);
            } else {
                failed(span, unwrapped(failure));
            }
            span.close();
        });
        span.detach();
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && failure.getCause() != null ? failure.getCause() : failure;
    }
}
