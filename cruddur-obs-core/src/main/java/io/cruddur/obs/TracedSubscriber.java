package io.cruddur.obs;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Stands before a subscriber, and ends the span with what it waits for. The result is the last element. Signals come one
 * after the other, but to cancel may come from any thread: a span ends once.
 */
final class TracedSubscriber<T> implements CoreSubscriber<T>, Subscription {
    private final CoreSubscriber<? super T> actual;
    private final TracedMethod method;
    private final Span span;
    private final @Nullable Object[] arguments;
    private @Nullable T last;
    private @Nullable Subscription subscription;

    TracedSubscriber(CoreSubscriber<? super T> actual, TracedMethod method, Span span, @Nullable Object[] arguments) {
        this.actual = actual;
        this.method = method;
        this.span = span;
        this.arguments = arguments;
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription = upstream;
        actual.onSubscribe(this);
    }

    @Override
    public void onNext(T element) {
        if (method.wantsResult()) {
            last = element;
        }
        actual.onNext(element);
    }

    @Override
    public void onError(Throwable failure) {
        method.failed(span, failure);
        span.close();
        actual.onError(failure);
    }

    @Override
    public void onComplete() {
        method.succeeded(span, arguments, last);
        span.close();
        actual.onComplete();
    }

    @Override
    public void request(long count) {
        Subscription upstream = subscription;
        if (upstream != null) {
            upstream.request(count);
        }
    }

    /** Nobody waits for the rest: the work is over, and has not failed. */
    @Override
    public void cancel() {
        span.close();
        Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
    }
}
