package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.log.LogSignals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What an application says before there is an {@link Obs}, from the line on with which Boot begins. */
class EarlyLogLinesTest {
    /** What Boot says first. */
    private static final String FIRST = " with PID ";

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        assertThat(LogSignals.isOpen()).as("an Obs is open").isFalse();
        var root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
        assertThat(root.getAppender("cruddur-obs")).isNull();
    }

    private static List<String> messages(ConfigurableApplicationContext context) {
        return new ConsoleClient(context.getBean(Console.class))
                .get("/api/logs")
                .path("logs")
                .valueStream()
                .map(line -> line.path("message").asString())
                .toList();
    }

    @Test
    void theFirstLineOfTheStartIsShippedOnceAndInItsPlace() {
        try (var context = StartedApplication.start(Application.class, "--cruddur.obs.mode=local")) {
            context.getBean(Obs.class).flush(Duration.ofSeconds(10));
            await().untilAsserted(() -> assertThat(messages(context))
                    .filteredOn(message -> message.contains(FIRST))
                    .hasSize(1));
            List<String> inOrder = messages(context);
            assertThat(inOrder.stream().filter(message -> message.contains("is in local mode")))
                    .hasSize(1);
            assertThat(index(inOrder, FIRST)).isLessThan(index(inOrder, "Cruddur Obs is in local mode"));
        }
    }

    private static int index(List<String> messages, String words) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).contains(words)) {
                return i;
            }
        }
        throw new AssertionError("no " + words + " in " + messages);
    }

    @Test
    void aSecondStartInTheSameProcessIsTheSame() {
        for (int i = 0; i < 2; i++) {
            try (var context = StartedApplication.start(Application.class, "--cruddur.obs.mode=local")) {
                await().untilAsserted(() -> assertThat(messages(context))
                        .filteredOn(message -> message.contains(FIRST))
                        .hasSize(1));
            }
        }
    }

    @Test
    void whereNothingIsShippedNothingIsKept() {
        for (String[] properties : List.of(
                new String[] {"--cruddur.obs.mode=off"},
                // Errors that are logged would be reported.
                new String[] {"--cruddur.obs.logs.enabled=false", "--cruddur.obs.errors.enabled=false"})) {
            try (var context = StartedApplication.start(Application.class, properties)) {
                var root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
                assertThat(root.getAppender("cruddur-obs")).isNull();
                assertThat(context.isRunning()).isTrue();
            }
        }
    }

    @Test
    void aStartThatFailsLeavesNothingBehind() {
        assertThat(StartedApplication.fails(
                        "--cruddur.obs.mode=aws", "--cruddur.obs.logs.group=a b", "--AWS_REGION=eu-central-1"))
                .isTrue();
    }

    @Test
    void closedWhileAnotherRunsTheOtherStillShips() {
        try (var one = StartedApplication.start(Application.class, "--cruddur.obs.mode=local")) {
            SpringApplication.exit(StartedApplication.start(Application.class, "--cruddur.obs.mode=local"));
            LoggerFactory.getLogger("app.Home").info("still shipped");
            await().untilAsserted(() -> assertThat(messages(one)).contains("still shipped"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
