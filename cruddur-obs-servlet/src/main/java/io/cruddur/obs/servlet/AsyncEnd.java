package io.cruddur.obs.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.jspecify.annotations.Nullable;

/**
 * Ends an exchange when the container says that the answer is complete. That comes last, also after a time-out or an
 * error, and only then is the status final.
 */
final class AsyncEnd implements AsyncListener {
    private final Exchange exchange;

    AsyncEnd(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        exchange.end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        @Nullable Throwable thrown = event.getThrowable();
        if (thrown != null) {
            exchange.failed(thrown);
        }
    }

    /** A dispatch that starts anew forgets its listeners. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
