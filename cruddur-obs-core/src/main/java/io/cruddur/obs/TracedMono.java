package io.cruddur.obs;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** A Mono each of whose subscriptions is a span. */
final class TracedMono<T> extends MonoOperator<T, T> {
    private final TracedMethod method;
    private final Obs obs;
    private final @Nullable Object[] arguments;

    TracedMono(Mono<T> source, TracedMethod method, Obs obs, @Nullable Object[] arguments) {
        super(source);
        this.method = method;
        this.obs = obs;
        this.arguments = arguments;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Span span = method.begin(obs, arguments);
        try {
            // With the span that is current now, where context propagation is there.
            source.contextCapture().subscribe(new TracedSubscriber<>(actual, method, span, arguments));
        } catch (Throwable e) {
            method.failed(span, e);
            span.close();
            throw e;
        } finally {
            span.detach();
        }
    }
}
