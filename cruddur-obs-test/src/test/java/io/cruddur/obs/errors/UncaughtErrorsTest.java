package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a thread: reported, and handed on to whoever was told of it before. */
class UncaughtErrorsTest extends Reporting {
    private final List<Throwable> handedOn = Collections.synchronizedList(new ArrayList<>());
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void remember() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> handedOn.add(thrown));
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private static void dieOf(RuntimeException thrown) {
        var thread = new Thread(() -> {
            throw thrown;
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theHandlerThatWasThereIsCalledAndTheItemIsDeliveredWhenTheThreadIsGone() {
        // The first call to the receiver loads its client's classes, and has more time than a thread that ends.
        obs().error("before").report();
        assertThat(items()).hasSize(1);
        var thrown = new IllegalStateException("the end");
        dieOf(thrown);
        assertThat(handedOn).containsExactly(thrown);
        // Without a flush of the test's: the thread waited for it.
        assertThat(receiver.items())
                .hasSize(2)
                .last()
                .satisfies(
                        item -> assertThat(item.path("is_uncaught").asBoolean()).isTrue());
    }

    @Test
    void afterTheEndTheHandlerThatWasThereIsBack() {
        Thread.UncaughtExceptionHandler mine = Thread.getDefaultUncaughtExceptionHandler();
        obs().close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(mine);
    }

    @Test
    void oneThatWasPutInFrontOfItStays() {
        obs();
        Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
        Thread.UncaughtExceptionHandler later = (thread, thrown) -> ours.uncaughtException(thread, thrown);
        Thread.setDefaultUncaughtExceptionHandler(later);
        obs().close();
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(later);
        var thrown = new IllegalStateException("after the end");
        dieOf(thrown);
        assertThat(handedOn).containsExactly(thrown);
        assertThat(receiver.items()).isEmpty();
    }

    @Test
    void byPropertyNothingIsInstalled() {
        Thread.UncaughtExceptionHandler mine = Thread.getDefaultUncaughtExceptionHandler();
        obs(errors -> errors.uncaught(false));
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(mine);
    }
}
