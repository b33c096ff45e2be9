package io.cruddur.obs.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class RateLimitedLogTest {
    private final List<String> said = new ArrayList<>();
    private final RateLimitedLog log = new RateLimitedLog(listening());

    private Logger listening() {
        var context = new LoggerContext();
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                said.add(event.getLevel() + " " + event.getFormattedMessage());
            }
        };
        appender.setContext(context);
        appender.start();
        var logger = context.getLogger("delivery");
        logger.addAppender(appender);
        return logger;
    }

    /** It reads the system's clock, which no test can set: its next time is brought forward instead. */
    private void pass(Duration time) throws ReflectiveOperationException {
        Field next = RateLimitedLog.class.getDeclaredField("nextNanos");
        next.setAccessible(true);
        ((AtomicLong) next.get(log)).addAndGet(-time.toNanos());
    }

    @Test
    void itSpeaksOnceAMinuteAndSaysHowManyWereHeldBack() throws Exception {
        log.warn("first");
        log.warn("second");
        log.warn("third");
        assertThat(said).containsExactly("WARN first");
        pass(Duration.ofSeconds(30));
        log.warn("fourth");
        assertThat(said).hasSize(1);

        pass(Duration.ofSeconds(30));
        log.warn("fifth");
        assertThat(said).containsExactly("WARN first", "WARN fifth (and 3 more like it since the last time)");

        pass(Duration.ofSeconds(60));
        log.debug("sixth");
        assertThat(said).last().isEqualTo("DEBUG sixth");
    }

    @Test
    void ofManyThreadsOneSpeaks() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 8; t++) {
            threads.add(new Thread(() -> IntStream.range(0, 100).forEach(i -> log.warn("lost"))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        // Who loses the race to the first word may be counted in it already, or else in the next: never in both.
        assertThat(said).singleElement().asString().startsWith("WARN lost");

        pass(Duration.ofMinutes(1));
        log.warn("again");
        assertThat(said).hasSize(2).last().asString().startsWith("WARN again");
        assertThat(said.stream().mapToInt(this::heldBack).sum()).isEqualTo(799);
    }

    private int heldBack(String line) {
        var count = Pattern.compile("and (\\d+) more").matcher(line);
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    @Test
    void aLoggerThatThrowsDoesNotReachWhoeverTells() {
        var asked = new AtomicInteger();
        Logger hostile = (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("a filter of the application's");
                });
        new RateLimitedLog(hostile).warn("lost");
        assertThat(asked).hasValue(1);
    }
}
