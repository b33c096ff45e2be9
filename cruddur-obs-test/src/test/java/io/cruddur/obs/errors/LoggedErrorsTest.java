package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cruddur.obs.Obs;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exceptions that are caught and logged, which is how most failures of a service end. */
class LoggedErrorsTest extends Reporting {
    private static final Logger LOG = LoggerFactory.getLogger("app.Activities");

    @Test
    void whatIsLoggedAtErrorIsReportedWithoutCloudWatchToo() {
        obs();
        LOG.error("saving {} failed", "a1", new IllegalStateException("no such bean"));
        LOG.error("without an exception");
        LOG.warn("not an error", new IllegalStateException("expected"));
        JsonNode item = item();
        assertThat(item.at("/body/trace/exception/class").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(item.at("/body/trace/exception/description").asString()).isEqualTo("saving a1 failed");
        assertThat(item.at("/custom/logger").asString()).isEqualTo("app.Activities");
    }

    @Test
    void byPropertyItIsNot() {
        obs(errors -> errors.logged(false));
        LOG.error("saving failed", new IllegalStateException("no such bean"));
        assertThat(items()).isEmpty();
    }

    @Test
    void theLineOfAReportedExceptionLeadsToTheItem() throws Exception {
        try (var logs = new LogsReceiver()) {
            Obs obs = obs(builder()
                    .logGroup("backend")
                    .region("eu-central-1")
                    .anonymousAws(true)
                    .cloudWatchEndpoint(logs.endpoint()));
            var thrown = new IllegalStateException("no such bean");
            String uuid = obs.error(thrown).report();
            LOG.error("Servlet.service() threw exception", thrown);
            LOG.warn("and again", new RuntimeException(thrown));
            LOG.error("first here", new IllegalStateException("another"));
            obs.flush(SOON);
            assertThat(lines(logs, "Servlet.service() threw exception")).containsExactly(uuid);
            assertThat(lines(logs, "and again")).containsExactly(uuid);
            assertThat(items()).hasSize(2);
            assertThat(lines(logs, "first here"))
                    .containsExactly(items().get(1).path("uuid").asString());
        }
    }

    private static List<String> lines(LogsReceiver logs, String message) {
        return logs.events().stream()
                .map(ReceivedEvent::message)
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("message").asString("").equals(message))
                .map(line -> line.path("errorUuid").asString(""))
                .toList();
    }

    @Test
    void whatIsLoggedThroughTheJdksLoggingIsReportedToo() {
        obs();
        var thrown = new IllegalStateException("no such bean");
        java.util.logging.Logger jul = java.util.logging.Logger.getLogger("app.Jul");
        jul.log(Level.SEVERE, "saving failed", thrown);
        jul.log(Level.WARNING, "not an error", new IllegalStateException("expected"));
        jul.log(Level.SEVERE, "again", new RuntimeException(thrown));
        assertThat(item().at("/body/trace/exception/description").asString()).isEqualTo("saving failed");
    }

    @Test
    void withoutATokenAnErrorIsALineAndThatIsSaidOnce() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        lines.start();
        ch.qos.logback.classic.Logger ours = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.cruddur.obs");
        ours.addAppender(lines);
        try (Obs obs = Obs.builder()
                .segmentDocuments(document -> {})
                .closeOnShutdown(false)
                .build()) {
            var thrown = new IllegalStateException("no such bean");
            obs.error(thrown).message("saving failed").report();
            obs.error(thrown).report();
            obs.error(new IllegalStateException("goes on its way")).uncaught().report();
            assertThat(obs.errorCounts().items()).isEqualTo(2);
        } finally {
            ours.detachAppender(lines);
        }
        assertThat(lines.list)
                .filteredOn(line -> line.getThrowableProxy() != null)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).isEqualTo("saving failed"));
        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains("ROLLBAR_ACCESS_TOKEN"))
                .hasSize(1);
    }

    @Test
    void withoutATokenWhatAScheduledTaskThrowsIsALineToo() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        lines.start();
        ch.qos.logback.classic.Logger ours =
                (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.cruddur.obs.errors");
        ours.addAppender(lines);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Obs obs = Obs.builder()
                .segmentDocuments(document -> {})
                .closeOnShutdown(false)
                .build()) {
            Future<?> task = obs.wrap(scheduler)
                    .scheduleAtFixedRate(
                            () -> {
                                throw new IllegalStateException("of the task");
                            },
                            0,
                            1,
                            TimeUnit.HOURS);
            assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).hasMessageContaining("of the task");
        } finally {
            scheduler.shutdownNow();
            ours.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getThrowableProxy().getMessage()).isEqualTo("of the task"));
    }
}
