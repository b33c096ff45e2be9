package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveryThreadTest {
    @Test
    void whatASinkStartsIsKnownByItsGroupAndWhatTheApplicationStartsIsNot() throws Exception {
        var onOurs = new CompletableFuture<Boolean>();
        var onAnSdks = new CompletableFuture<Boolean>();
        new DeliveryThread(
                        () -> {
                            onOurs.complete(DeliveryThread.isCurrent());
                            ExecutorService timeouts = Executors.newSingleThreadExecutor();
                            timeouts.execute(() -> onAnSdks.complete(DeliveryThread.isCurrent()));
                            timeouts.shutdown();
                        },
                        "sink")
                .start();
        assertThat(onOurs.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(onAnSdks.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(DeliveryThread.isCurrent()).isFalse();
        assertThat(CompletableFuture.supplyAsync(DeliveryThread::isCurrent).get(10, TimeUnit.SECONDS))
                .isFalse();
    }
}
