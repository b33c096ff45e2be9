package io.cruddur.obs.benchmarks.peer;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours, with its queue, its sink's thread and a daemon's port. */
@State(Scope.Benchmark)
public abstract class CruddurObs {
    private final Sampler sampler;
    private final boolean mdc;
    private LoopbackDaemon daemon;
    Obs obs;

    private CruddurObs(Sampler sampler, boolean mdc) {
        this.sampler = sampler;
        this.mdc = mdc;
    }

    @Setup
    public void start() throws IOException {
        daemon = new LoopbackDaemon();
        obs = Obs.builder()
                .service("benchmark")
                .sampler(sampler)
                .mdc(mdc)
                .xrayDaemon(daemon.address())
                .closeOnShutdown(false)
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
    }

    @TearDown
    public void stop() {
        System.out.println(obs.report());
        obs.close();
        daemon.close();
    }

    /** The library itself. */
    public Obs obs() {
        return obs;
    }

    /** The work of P1 and P2; gives the root, which has ended. */
    public Span request() {
        Span request = obs.trace("request").server().start();
        try (Span root = request) {
            root.annotate("URI", "/api/activities/home").annotate("user", "andrewbrown");
            try (Span first = obs.trace("first").start()) {
                first.annotate("a", "1").annotate("b", "2").metadata("m", "v");
                try (Span second = obs.trace("second").start()) {
                    second.annotate("c", "3").metadata("m", "v");
                    try (Span third = obs.trace("third").start()) {
                        third.annotate("d", "4").metadata("m", "v");
                    }
                }
            }
        }
        return request;
    }

    /** The same in the form that cannot forget to end a span. */
    public void requestInLambdas() {
        obs.trace("request").server().run(root -> {
            root.annotate("URI", "/api/activities/home").annotate("user", "andrewbrown");
            obs.trace("first").run(first -> {
                first.annotate("a", "1").annotate("b", "2").metadata("m", "v");
                obs.trace("second").run(second -> {
                    second.annotate("c", "3").metadata("m", "v");
                    obs.trace("third").run(third -> {
                        third.annotate("d", "4").metadata("m", "v");
                    });
                });
            });
        });
    }

    /** A root and its children, as many spans as that. */
    @SuppressWarnings("try")
    public void tree(int spans) {
        try (Span root = obs.trace("request").server().start()) {
            for (int i = 1; i < spans; i++) {
                obs.trace("child").start().close();
            }
        }
    }

    /** A span with as many annotations as that. */
    public void annotated(int annotations) {
        try (Span root = obs.trace("request").server().start()) {
            for (int i = 0; i < annotations; i++) {
                root.annotate(Keys.key(i), "value");
            }
        }
    }

    /** Every trace is recorded. */
    public static class Recorded extends CruddurObs {
        public Recorded() {
            super(Sampler.always(), false);
        }
    }

    /** Every trace is recorded, and acknowledged by a daemon that answers; the application waits where it is ahead. */
    @State(Scope.Benchmark)
    public static class Acknowledged extends CruddurObs {
        /** Requests of one turn. */
        public static final int REQUESTS = 1_000;

        /** Less than the queue holds, and enough for the threads behind it to go on. */
        private static final int AHEAD = 4_000;

        private TcpDaemon tcp;
        private long requested;

        public Acknowledged() {
            super(Sampler.always(), false);
        }

        @Override
        public void start() throws IOException {
            tcp = new TcpDaemon();
            obs = Obs.builder()
                    .service("benchmark")
                    .sampler(Sampler.always())
                    .mdc(false)
                    .xrayDaemon(tcp.address())
                    .traces(traces -> traces.exporters(TraceExporter.ACKNOWLEDGED))
                    .delivery(delivery -> delivery.spool(SpoolMode.OFF))
                    .closeOnShutdown(false)
                    .build();
        }

        @Override
        public void stop() {
            System.out.println(obs.flush(Duration.ofSeconds(20)));
            obs.close();
            tcp.close();
        }

        /** A turn. */
        public void requests() {
            for (int i = 0; i < REQUESTS; i++) {
                request();
            }
            requested += REQUESTS;
            while (requested - obs.report().sinks().get(0).delivered() > AHEAD) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** No trace is recorded. */
    public static class Unsampled extends CruddurObs {
        public Unsampled() {
            super(Sampler.never(), false);
        }
    }

    /** Every trace is recorded, and its ids are in the MDC. */
    public static class RecordedWithMdc extends CruddurObs {
        public RecordedWithMdc() {
            super(Sampler.always(), true);
        }
    }

    /** No trace is recorded, and its ids are in the MDC. */
    public static class UnsampledWithMdc extends CruddurObs {
        public UnsampledWithMdc() {
            super(Sampler.never(), true);
        }
    }
}
