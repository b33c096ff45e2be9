package io.cruddur.obs.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A logger context of its own, configured by XML as an application's is. */
final class Configured implements AutoCloseable {
    static final String BARE = "";

    final LoggerContext context = new LoggerContext();

    Configured() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.start();
    }

    /** One whose root has an appender with these settings. */
    static Configured with(String settings) {
        var configured = new Configured();
        configured.read(settings);
        return configured;
    }

    void read(String settings) {
        configure("""
                <configuration>
                  <appender name="OBS" class="io.cruddur.obs.logback.ObsAppender">%s</appender>
                  <root level="DEBUG"><appender-ref ref="OBS"/></root>
                </configuration>""".formatted(settings));
    }

    void configure(String xml) {
        try {
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (JoranException e) {
            throw new AssertionError(e);
        }
    }

    org.slf4j.Logger logger(String name) {
        return context.getLogger(name);
    }

    List<String> warnings() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() >= Status.WARN)
                .map(Status::getMessage)
                .toList();
    }

    @Override
    public void close() {
        context.stop();
    }
}
