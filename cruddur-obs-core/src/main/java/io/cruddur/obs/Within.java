package io.cruddur.obs;

import org.jspecify.annotations.Nullable;

/** Work inside a span that has begun: what it throws is recorded and thrown on, and the span ends. */
final class Within {
    private Within() {}

    static <E extends Exception> void run(Span span, CheckedRunnable<E> work) throws E {
        try {
            work.run();
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }

    static <E extends Exception> void run(Span span, CheckedConsumer<E> work) throws E {
        try {
            work.accept(span);
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }

    static <T extends @Nullable Object, E extends Exception> T call(Span span, CheckedCallable<T, E> work) throws E {
        try {
            return work.call();
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }

    static <T extends @Nullable Object, E extends Exception> T call(Span span, CheckedFunction<T, E> work) throws E {
        try {
            return work.apply(span);
        } catch (Throwable e) {
            span.exception(e);
            throw e;
        } finally {
            span.close();
        }
    }
}
