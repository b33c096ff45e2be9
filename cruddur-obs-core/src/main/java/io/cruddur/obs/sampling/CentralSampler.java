package io.cruddur.obs.sampling;

import io.cruddur.obs.trace.InboundRequest;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the sampling rules of the AWS account, read through the X-Ray daemon on a daemon thread of its own. Before the
 * first answer it records one trace a second and 5% of the rest; while the daemon is away, what was read last stays in
 * force. Deciding does no I/O, takes no lock and allocates nothing. Thread-safe.
 */
public final class CentralSampler implements Sampler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CentralSampler.class);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DaemonClient daemon;
    private final Poll poll;
    private final LongSupplier nanos;
    private final LocalRule fallback = LocalRule.fallback();
    private final Thread thread;
    private volatile boolean closed;

    CentralSampler(DaemonClient daemon, ServiceFacts service, LongSupplier nanos, LongSupplier epochMillis) {
        this.daemon = daemon;
        this.nanos = nanos;
        this.poll = new Poll(new SamplingApi(daemon, service), daemon.toString(), nanos, epochMillis);
        this.thread = new Thread(this::run, "cruddur-obs-sampling");
        thread.setDaemon(true);
    }

    /**
     * Begins to poll. Nothing is looked up or opened on the caller's thread.
     *
     * @param host the daemon's name or address
     * @param port its TCP port
     * @param origin the kind of resource that the service runs on, for rules with a service type; null for unknown
     * @param resourceArn the resource's ARN, for rules with one; null for unknown
     */
    public static CentralSampler start(String host, int port, @Nullable String origin, @Nullable String resourceArn) {
        return start(new DaemonClient(host, port), new ServiceFacts(origin, resourceArn));
    }

    static CentralSampler start(DaemonClient daemon, ServiceFacts service) {
        var sampler = new CentralSampler(daemon, service, System::nanoTime, System::currentTimeMillis);
        sampler.thread.start();
        return sampler;
    }

    @Override
    public SamplingDecision sample(String name, @Nullable InboundRequest request) {
        long now = nanos.getAsLong();
        SamplingDecision decision = poll.rules().decide(name, request, now);
        return decision == null ? fallback.decide(now) : decision;
    }

    /** For tests: what the thread does each time. */
    long poll() {
        return poll.poll();
    }

    private void run() {
        while (!closed) {
            long wait;
            try {
                wait = poll.poll();
            } catch (Throwable e) {
                // Without this thread no rule would be read again; what fails may be short of memory.
                LOG.debug("Polling the sampling rules failed", e);
                wait = AFTER_FAILURE_NANOS;
            }
            if (!closed) {
                LockSupport.parkNanos(this, wait);
                // Whoever interrupts it by mistake must not make it spin.
                Thread.interrupted();
            }
        }
    }

    /** Ends the thread and the call that may be under way; decisions go on by the rules that were read last. */
    @Override
    public void close() {
        closed = true;
        daemon.close();
        LockSupport.unpark(thread);
    }
}
