package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboundCapTest {
    @Test
    void takesNoMoreThanItsShareASecond() {
        var cap = new InboundCap(100);
        long before = System.nanoTime() / 1_000_000_000L;
        long taken = IntStream.range(0, 10_000).filter(i -> cap.tryTake()).count();
        long seconds = System.nanoTime() / 1_000_000_000L - before + 1;
        assertThat(taken).isBetween(100L, 100 * seconds);
    }

    @Test
    void aCapOfNothingTakesNothing() {
        assertThat(new InboundCap(0).tryTake()).isFalse();
    }
}
