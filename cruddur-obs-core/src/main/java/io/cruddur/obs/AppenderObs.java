package io.cruddur.obs;

import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.log.OwnSignal;
import io.cruddur.obs.log.OwnSignalProvider;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Builds the {@link Obs} of an appender that is configured by itself, in {@code logback.xml}. Public because it is found by
 * {@link java.util.ServiceLoader}; nobody else needs it.
 */
public final class AppenderObs implements OwnSignalProvider {
    /** For {@link java.util.ServiceLoader}. */
    public AppenderObs() {}

    @Override
    public OwnSignal start(Settings settings) {
        ObsBuilder builder = Obs.builder()
                .service(settings.service())
                .logGroup(settings.group() == null ? Environment.groupNamedAfter(settings.service()) : settings.group())
                .region(settings.region())
                .cloudWatchEndpoint(settings.endpoint())
                .anonymousAws(settings.anonymous())
                .errors(errors -> errors.enabled(false))
                .logs(logs -> logs.set(settings.lines(), settings.capture()))
                .delivery(delivery -> delivery.spool(settings.spool()));
        Path spool = settings.spoolDirectory();
        if (spool != null) {
            builder.delivery(delivery -> delivery.spoolDirectory(spool));
        }
        if (settings.environment() != null) {
            builder.environment(settings.environment());
        }
        if (settings.stream() != null) {
            builder.logStream(settings.stream());
        }
        return start(builder);
    }

    private static OwnSignal start(ObsBuilder builder) {
        var shipping = new AtomicReference<LogSignal>();
        Obs obs = builder.build(signal -> {
            shipping.set(signal);
            return () -> {};
        });
        LogSignal signal = shipping.get();
        if (signal == null) {
            obs.close();
            throw new IllegalStateException("the AWS SDK's cloudwatchlogs is not on the class path");
        }
        return new Own(obs, signal);
    }

    private record Own(Obs obs, LogSignal signal) implements OwnSignal {
        @Override
        public void close() {
            obs.close();
        }
    }
}
