package io.cruddur.obs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** No measure of time: where the message is awaited without a bound these tests do not end. */
@ExtendWith(PatientMessages.class)
@Timeout(60)
class MessagesTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final AtomicInteger READ = new AtomicInteger();

    @Test
    void aMessageThatTheJdkKeepsIsReadOnTheThreadThatFailed() {
        assertThat(Messages.of(new IllegalStateException("plain"))).isEqualTo("plain");
        assertThat(Messages.of(new IllegalStateException((String) null))).isNull();
        assertThat(Messages.of(new Inherited("inherited"))).isEqualTo("inherited");
    }

    @Test
    void aMessageOfTheApplicationsOwnIsReadOnAnother() {
        var by = new AtomicReference<Thread>();
        assertThat(Messages.of(new Exception() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        by.set(Thread.currentThread());
                        return "computed";
                    }
                }))
                .isEqualTo("computed");
        assertThat(by.get()).isNotSameAs(Thread.currentThread()).matches(Thread::isDaemon);
    }

    @Test
    void aMessageThatBlocksIsWaitedForOnceAndNotForLong() {
        Messages.waitAtMost(Messages.LONGEST_MILLIS);
        assertThat(Messages.of(new Blocking())).contains("took longer than 100 ms");
        assertThat(Messages.of(new Blocking())).contains("took too long once");
        assertThat(READ).hasValue(1);
    }

    @Test
    void oneThatThrowsIsToldOf() {
        assertThat(Messages.of(new Throwing())).isEqualTo("<AssertionError while reading the message>");
    }

    @Test
    void aThreadThatWasInterruptedIsSoAfterwardsAndHasTheMessage() {
        Thread.currentThread().interrupt();
        assertThat(Messages.of(new Computed())).isEqualTo("computed");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class Inherited extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Inherited(String message) {
            super(message);
        }
    }

    private static final class Computed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "computed";
        }
    }

    private static final class Throwing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }
    }

    private static final class Blocking extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            READ.incrementAndGet();
            boolean waiting = true;
            while (waiting) {
                try {
                    NEVER.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // As a call that takes no interrupt.
                }
            }
            return "never";
        }
    }
}
