package io.cruddur.obs.kill;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what it is told on its standard input, a line each: {@code log} so many lines, say the {@code law}, or {@code flush} and say it.
 * Until then, and after, it waits to be ended.
 */
final class LoggingApplication {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String LINES = "app.Lines";

    private LoggingApplication() {}

    /** The endpoint, the spool's directory, the mode, the name, and the seconds that its end may take. */
    public static void main(String[] args) throws Exception {
        sayNothingButTheLaw();
        Obs obs = start(
                URI.create(args[0]),
                Path.of(args[1]),
                SpoolMode.valueOf(args[2]),
                args[3],
                Duration.ofSeconds(Long.parseLong(args[4])));
        Logger log = LoggerFactory.getLogger(LINES);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("log")) {
                for (int end = number + Integer.parseInt(words[1]); number < end; number++) {
                    log.info("{}:{}", args[3], number);
                }
                System.out.println("logged");
            } else {
                if (words[0].equals("flush")) {
                    obs.flush(LONG);
                }
                DeliveryReport.Sink logs = obs.report().sinks().get(0);
                System.out.println(logs + " refusals " + logs.spoolRefusals());
            }
        }
        // Whoever started it is gone.
        Runtime.getRuntime().halt(1);
    }

    /** Its stream has its name, so that it is known who has sent a line. */
    static Obs start(URI endpoint, Path spool, SpoolMode mode, String name, Duration shutdownTimeout) {
        return Obs.builder()
                .service("shared")
                .logGroup("shared")
                .logStream(name)
                .region("eu-central-1")
                .cloudWatchEndpoint(endpoint)
                .anonymousAws(true)
                .delivery(delivery -> delivery.spool(mode)
                        .spoolDirectory(spool)
                        // So that a wait of ours is no race with it.
                        .attemptTimeout(Duration.ofSeconds(30)))
                .shutdownTimeout(shutdownTimeout)
                .build();
    }

    private static void sayNothingButTheLaw() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> console = Objects.requireNonNull(root.getAppender("CONSOLE"));
        root.detachAppender(console);
        // What a library says is counted by nobody who counts these lines.
        root.setLevel(Level.OFF);
        context.getLogger(LINES).setLevel(Level.INFO);
        var law = context.getLogger(Obs.class);
        law.setLevel(Level.INFO);
        law.addAppender(console);
        law.setAdditive(false);
    }
}
