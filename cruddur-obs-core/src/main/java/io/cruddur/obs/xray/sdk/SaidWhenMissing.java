package io.cruddur.obs.xray.sdk;

import com.amazonaws.xray.strategy.ContextMissingStrategy;
import io.cruddur.obs.delivery.RateLimitedLog;
import org.slf4j.LoggerFactory;

/** Asks the application's strategy what to do where nothing is traced; what it throws is logged. Thread-safe. */
final class SaidWhenMissing implements ContextMissingStrategy {
    private static final RateLimitedLog LOG = new RateLimitedLog(LoggerFactory.getLogger(XraySdkBridge.class));

    private final ContextMissingStrategy strategy;

    SaidWhenMissing(ContextMissingStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public void contextMissing(String message, Class<? extends RuntimeException> exceptionClass) {
        try {
            strategy.contextMissing(message, exceptionClass);
        } catch (Throwable e) {
            LOG.warn("Nothing is traced here: " + message);
        }
    }
}
