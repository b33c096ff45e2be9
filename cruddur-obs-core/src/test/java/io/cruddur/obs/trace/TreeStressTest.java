package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.Engine.TestSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 64 threads under one root, closing twice, late, out of order and each other's spans, while the worker takes what is
 * complete: each span is sent as complete once.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TreeStressTest {
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int THREADS = 64;
    private static final int STEPS = 2_500;
    private static final Duration NEVER = Duration.ofDays(1);

    /** The same ones each time, and under {@code thorough} some that nobody has seen. */
    static LongStream seeds() {
        LongStream known = LongStream.rangeClosed(1, THOROUGH ? 10 : 3);
        return THOROUGH ? LongStream.concat(known, new Random().longs(10)) : known;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachSpanIsSentOnceWhileTheWorkerStreams(long seed) throws Exception {
        run(seed, new Engine(new OpenTreeLimits(Duration.ZERO, Duration.ZERO, NEVER, NEVER, 1_000)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachSpanIsSentOnceWhileTheWorkerSealsWhatIsOpen(long seed) throws Exception {
        run(seed, new Engine(new OpenTreeLimits(Duration.ZERO, Duration.ZERO, NEVER, Duration.ZERO, 1_000)));
    }

    private static void run(long seed, Engine engine) throws Exception {
        System.out.println("TreeStressTest: seed " + seed);
        var done = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<Census> worker = pool.submit(() -> work(engine, done));
            TestSpan root = engine.begin("root");
            var crowd = new Crowd(engine, engine.handOn(), root);
            List<Future<?>> tasks = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                var random = new Random(seed * THREADS + t);
                tasks.add(pool.submit(crowd.member(random)));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
            root.close();
            crowd.closeAll();
            assertThat(engine.tracer.openRoots())
                    .as("handed over with the last end, not when somebody looks after it")
                    .isEmpty();
            done.set(true);
            Census census = worker.get();
            census.assertEachCompleteOnce();
            assertThat(census.completed()).isEqualTo(crowd.begun.intValue());
            assertThat(engine.tracer.adjustments().counts().getOrDefault("span_dropped", 0L))
                    .isEqualTo(crowd.refused.sum());
            assertThat(Frame.current()).isNull();
            System.out.println("TreeStressTest: " + census.completed() + " spans complete, of which "
                    + census.sentOpen() + " were sent open before; " + crowd.refused + " refused");
        } finally {
            pool.shutdownNow();
        }
    }

    private static Census work(Engine engine, AtomicBoolean done) {
        var census = new Census();
        boolean last;
        do {
            last = done.get();
            engine.tracer.tick();
            engine.tracer.sweep();
            for (TraceRecord r = engine.handedOver.poll(); r != null; r = engine.handedOver.poll()) {
                census.take(r);
            }
        } while (!last);
        return census;
    }

    /** The threads of one root, and what they leave to each other. */
    private static final class Crowd {
        private final Engine engine;
        private final Continuation inRoot;
        private final TestSpan root;
        private final CyclicBarrier start = new CyclicBarrier(THREADS);
        private final Queue<TestSpan> leftToOthers = new ConcurrentLinkedQueue<>();
        final LongAdder begun = new LongAdder();
        final LongAdder refused = new LongAdder();

        Crowd(Engine engine, Continuation inRoot, TestSpan root) {
            this.engine = engine;
            this.inRoot = inRoot;
            this.root = root;
            begun.increment();
        }

        Callable<Void> member(Random random) {
            return () -> {
                start.await();
                for (int round = 0; round < 10; round++) {
                    inRoot.run(() -> steps(random));
                    assertThat(Frame.current()).isNull();
                }
                if (random.nextInt(4) == 0) {
                    root.close();
                }
                return null;
            };
        }

        private void steps(Random random) {
            var mine = new ArrayList<TestSpan>();
            for (int i = 0; i < STEPS / 10; i++) {
                int choice = random.nextInt(10);
                if (choice < 4 || mine.isEmpty()) {
                    begin(mine);
                } else if (choice < 7) {
                    mine.remove(mine.size() - 1).close();
                } else if (choice < 8) {
                    TestSpan any = mine.get(random.nextInt(mine.size()));
                    any.close();
                } else if (choice < 9) {
                    leftToOthers.add(mine.remove(random.nextInt(mine.size())));
                } else {
                    TestSpan another = leftToOthers.poll();
                    if (another != null) {
                        another.close();
                        another.close();
                    }
                }
            }
            leftToOthers.addAll(mine);
        }

        private void begin(List<TestSpan> mine) {
            if (engine.beginChild("child") instanceof TestSpan child) {
                begun.increment();
                mine.add(child);
            } else {
                refused.increment();
            }
        }

        void closeAll() {
            for (TestSpan each = leftToOthers.poll(); each != null; each = leftToOthers.poll()) {
                each.close();
            }
        }
    }
}
