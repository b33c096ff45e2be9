package io.cruddur.obs.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The appender that nobody configured: it is there while it is wanted, through every reset, and never twice. */
class AttachmentTest {
    private final Configured configured = new Configured();
    private final LoggerContext context = configured.context;
    private final Attachment attachment = new Attachment(context);
    private final Taken taken = new Taken();

    @BeforeEach
    void noneIsThereYet() {
        assertThat(appenders()).isEmpty();
    }

    @AfterEach
    void close() {
        taken.close();
        configured.close();
    }

    private List<ObsAppender> appenders() {
        var all = new ArrayList<ObsAppender>();
        for (Logger logger : context.getLoggerList()) {
            for (var i = logger.iteratorForAppenders(); i.hasNext(); ) {
                Appender<ILoggingEvent> appender = i.next();
                if (appender instanceof ObsAppender ours) {
                    all.add(ours);
                }
            }
        }
        return all;
    }

    @Test
    void itIsThereWhileAnybodyWantsIt() {
        attachment.join();
        attachment.join();
        assertThat(appenders()).hasSize(1);
        assertThat(attachment.leave()).isFalse();
        assertThat(appenders()).hasSize(1);
        assertThat(attachment.leave()).isTrue();
        assertThat(appenders()).isEmpty();
        assertThat(context.getCopyOfListenerList()).isEmpty();
    }

    @Test
    void itComesBackWhenTheContextIsReset() {
        attachment.join();
        context.reset();
        configured.logger("app.Home").info("after the reset");
        assertThat(appenders()).hasSize(1);
        assertThat(taken.messages()).containsExactly("after the reset");
        attachment.leave();
        context.reset();
        assertThat(appenders()).isEmpty();
    }

    @Test
    void itComesBackWhenTheContextIsStoppedAndResetAndSomebodyWantsItAgain() {
        attachment.join();
        context.stop();
        context.reset();
        assertThat(appenders()).isEmpty();
        attachment.join();
        assertThat(appenders()).hasSize(1);
    }

    @Test
    void anAppenderOfTheConfigurationIsUsedInItsPlace() {
        configured.read(Configured.BARE);
        attachment.join();
        configured.logger("app.Home").info("once");
        assertThat(taken.messages()).containsExactly("once");
        assertThat(appenders()).singleElement().returns(false, ObsAppender::isInstalled);
        attachment.leave();
        assertThat(appenders()).hasSize(1);
    }

    @Test
    void aConfigurationThatIsReadLaterAndHasOneTakesOver() {
        attachment.join();
        context.reset();
        configured.read(Configured.BARE);
        configured.logger("app.Home").info("once");
        assertThat(taken.messages()).containsExactly("once");
        context.reset();
        configured.logger("app.Home").info("the configuration is gone");
        assertThat(taken.messages()).containsExactly("once", "the configuration is gone");
    }

    @Test
    void anAppenderThatCouldNotStartIsNone() {
        configured.read("<service>s</service><endpoint>nowhere</endpoint>");
        attachment.join();
        configured.logger("app.Home").info("shipped");
        assertThat(taken.messages()).containsExactly("shipped");
    }

    @Test
    void itIsGoneWithItsLastObsAndAnEarlierOneIsNotForgotten() {
        Runnable first = LogbackInstaller.install();
        Runnable second = LogbackInstaller.install();
        var log = org.slf4j.LoggerFactory.getLogger("app.Home");
        log.info("one");
        first.run();
        first.run();
        log.info("two");
        second.run();
        log.info("three");
        assertThat(taken.messages()).containsExactly("one", "two");
    }
}
