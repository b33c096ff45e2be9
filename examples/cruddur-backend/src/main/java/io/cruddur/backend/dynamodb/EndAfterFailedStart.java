package io.cruddur.backend.dynamodb;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;

/**
 * DynamoDB Local leaves a thread that would keep a process alive whose start has failed: this ends it when the thread ends
 * that started it, which is when all has been said.
 */
final class EndAfterFailedStart implements ApplicationListener<ApplicationFailedEvent> {

    @Override
    public void onApplicationEvent(ApplicationFailedEvent event) {
        Thread starting = Thread.currentThread();
        var watch = new Thread(() -> endAfter(starting), "end-after-failed-start");
        watch.setDaemon(true);
        watch.start();
    }

    private static void endAfter(Thread starting) {
        try {
            starting.join();
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
