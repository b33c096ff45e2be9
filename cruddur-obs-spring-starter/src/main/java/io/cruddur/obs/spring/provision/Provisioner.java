package io.cruddur.obs.spring.provision;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Takes the steps one after the other, on a daemon thread beside the start of the application, and logs each. A step that
 * fails is said and left out; the application does not notice.
 */
final class Provisioner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);

    private final List<Step> steps;
    private volatile @Nullable Thread thread;

    Provisioner(List<Step> steps) {
        this.steps = steps;
    }

    @Override
    public void start() {
        var started = new Thread(this::run, "cruddur-obs-provision");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run() {
        for (Step step : steps) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                LOG.info("Provisioning: {} {}.", step.what(), step.apply());
            } catch (AwsServiceException e) {
                String code =
                        e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
                LOG.warn(
                        "Provisioning: {} is left out; AWS says {} ({}). It needs the permissions {}; see"
                                + " aws/iam-policy.json. The application goes on.",
                        step.what(),
                        code,
                        e.statusCode(),
                        step.permissions());
            } catch (RuntimeException | LinkageError e) {
                if (!Thread.currentThread().isInterrupted()) {
                    LOG.warn(
                            "Provisioning: {} is left out: {} The application goes on.",
                            step.what(),
                            sentence(String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    @Override
    public void stop() {
        Thread stopping = thread;
        thread = null;
        if (stopping != null) {
            stopping.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Waits until all steps have been taken; for tests. */
    void join() throws InterruptedException {
        Thread running = thread;
        if (running != null) {
            running.join();
        }
    }
}
