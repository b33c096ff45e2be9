package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class RateLimitedLogTest {
    @Test
    void aLoggerThatThrowsDoesNotReachWhoeverTells() {
        var asked = new AtomicInteger();
        Logger hostile = (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("a filter of the application's");
                });
        new RateLimitedLog(hostile).warn("lost");
        assertThat(asked).hasValue(1);
    }
}
