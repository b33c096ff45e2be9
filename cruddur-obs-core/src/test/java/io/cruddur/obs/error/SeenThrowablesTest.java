package io.cruddur.obs.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.error.SeenThrowables.Report;
import io.cruddur.obs.trace.SpanIds;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SeenThrowablesTest {
    private static final SpanIds NO_TRACE = new SpanIds(0, 0, 0);

    private final SeenThrowables seen = new SeenThrowables();
    private final Report first = new Report(NO_TRACE);

    @Test
    void theSameThrowableIsKnownAndAnotherLikeItIsNot() {
        var thrown = new EqualToAll();
        assertThat(seen.claim(thrown, first, 0)).isNull();
        assertThat(seen.claim(thrown, new Report(NO_TRACE), 1)).isSameAs(first);
        assertThat(seen.claim(new EqualToAll(), new Report(NO_TRACE), 1)).isNull();
    }

    @Test
    void whatWrapsItAndWhatItWrapsAreKnownToo() {
        var cause = new RuntimeException("cause");
        var thrown = new RuntimeException(cause);
        assertThat(seen.claim(thrown, first, 0)).isNull();
        assertThat(seen.known(new IllegalStateException(thrown), 1)).isSameAs(first);
        assertThat(seen.known(cause, 1)).isSameAs(first);
        assertThat(seen.known(new RuntimeException("other"), 1)).isNull();
    }

    @Test
    void oneThatIsThrownAgainAfterAMinuteIsAnotherFailure() {
        var kept = new RuntimeException("thrown by a library that keeps it");
        assertThat(seen.claim(kept, first, 0)).isNull();
        assertThat(seen.known(kept, SeenThrowables.KEPT_NANOS)).isSameAs(first);
        assertThat(seen.claim(kept, new Report(NO_TRACE), SeenThrowables.KEPT_NANOS + 1))
                .isNull();
    }

    @Test
    void aCircleOfCausesComesToAnEnd() {
        var one = new RuntimeException("one");
        var two = new RuntimeException("two", one);
        one.initCause(two);
        assertThat(seen.claim(one, first, 0)).isNull();
        assertThat(seen.claim(two, new Report(NO_TRACE), 0)).isSameAs(first);
    }

    @Test
    void nothingIsKeptAlive() {
        var reference = new WeakReference<>(new RuntimeException("gone"));
        RuntimeException thrown = reference.get();
        if (thrown != null) {
            assertThat(seen.claim(thrown, first, 0)).isNull();
        }
        thrown = null;
        Awaitility.await().until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void theNewestOfMoreThanThereIsRoomForAreKnown() {
        List<Throwable> thrown = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            var each = new RuntimeException();
            thrown.add(each);
            assertThat(seen.claim(each, new Report(NO_TRACE), i)).isNull();
        }
        // Where a throwable belongs is the JVM's choice: four have room there, and they are the newest.
        Map<Integer, Integer> newer = new HashMap<>();
        int known = 0;
        for (int i = 49_999; i >= 0; i--) {
            boolean isKnown = seen.known(thrown.get(i), 50_000) != null;
            int there = newer.merge(SeenThrowables.bucket(thrown.get(i)), 1, Integer::sum);
            assertThat(isKnown).as("number %d", i).isEqualTo(there <= 4);
            known += isKnown && i >= 49_900 ? 1 : 0;
        }
        assertThat(known).as("of the last hundred").isGreaterThan(90);
    }

    @Test
    void ofSeveralThreadsOneIsFirst() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                var thrown = new RuntimeException();
                var start = new CyclicBarrier(4);
                Callable<Boolean> claim = () -> {
                    start.await();
                    return seen.claim(thrown, new Report(NO_TRACE), 0) == null;
                };
                List<Future<Boolean>> answers = threads.invokeAll(List.of(claim, claim, claim, claim));
                int firsts = 0;
                for (Future<Boolean> answer : answers) {
                    firsts += answer.get() ? 1 : 0;
                }
                assertThat(firsts).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class EqualToAll extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other instanceof EqualToAll;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
