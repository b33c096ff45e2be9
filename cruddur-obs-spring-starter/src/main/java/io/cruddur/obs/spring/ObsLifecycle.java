package io.cruddur.obs.spring;

import io.cruddur.obs.Obs;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Closes {@link Obs} once everything that may still record has stopped: the web server, schedulers and listeners. A
 * context that is stopped but not closed may start again, so then it only flushes.
 */
public final class ObsLifecycle implements SmartLifecycle {
    /** After all others, but before what Boot's own logging does last. */
    public static final int PHASE = Integer.MIN_VALUE + 1_000;

    private final Obs obs;
    private final ConfigurableApplicationContext context;
    private final Duration timeout;
    private volatile boolean running;

    ObsLifecycle(Obs obs, ConfigurableApplicationContext context, Duration timeout) {
        this.obs = obs;
        this.context = context;
        this.timeout = timeout;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (context.isClosed()) {
            obs.close();
        } else {
            obs.flush(timeout);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Test contexts are paused while another runs; delivery goes on in the background at no cost. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
