package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of values that were changed. */
class AdjustmentsTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(Adjustments.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Adjustments adjustments = new Adjustments();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void aKeyIsSaidOnceAndCountedEachTime() {
        for (int i = 0; i < 100; i++) {
            adjustments.count(Adjustment.KEY_CHANGED, "user id");
            adjustments.count(Adjustment.VALUE_TRUNCATED, "user id");
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Not sent as it was said: annotation_key_changed, user id. Said once, counted each time.",
                        "Not sent as it was said: value_truncated, user id. Said once, counted each time.");
        assertThat(adjustments.counts())
                .containsEntry("annotation_key_changed", 100L)
                .containsEntry("value_truncated", 100L);
    }

    @Test
    void keysWithoutEndDoNotFillTheLog() {
        for (int i = 0; i < 10_000; i++) {
            adjustments.count(Adjustment.ATTRIBUTE_DROPPED, "key " + i);
        }
        assertThat(lines.list).hasSize(256);
        assertThat(adjustments.counts()).containsEntry("attribute_dropped", 10_000L);
    }
}
