package io.cruddur.obs.spring.console;

import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.spring.Checked;
import io.cruddur.obs.spring.CloudWatchLogsConnectionDetails;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import io.cruddur.obs.spring.RollbarConnectionDetails;
import io.cruddur.obs.spring.XrayConnectionDetails;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The console in this process, or the one that runs already; the exporters are pointed at it. */
@AutoConfiguration(before = ObsAutoConfiguration.class)
@ConditionalOnClass(Console.class)
@ConditionalOnMode(Mode.LOCAL)
public final class ConsoleAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAutoConfiguration.class);

    ConsoleAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Console obsConsole(ObsProperties properties) throws IOException {
        Console console = builder(properties.console()).open();
        // Before the appender is there: the token goes to the terminal and nowhere else.
        LOG.info("Cruddur Obs shows traces, logs and errors at {}", console.pageUrl());
        return console;
    }

    private static Console.Builder builder(ObsProperties.Console properties) {
        Console.Builder builder = Checked.value(
                "cruddur.obs.console.port",
                "a port from 0, which is any that is free, to 65535",
                () -> Console.builder().port(properties.port()));
        String token = properties.token();
        return token == null || token.isBlank()
                ? builder
                : Checked.value(
                        "cruddur.obs.console.token",
                        "8 to 128 letters, digits or . _ ~ -, or leave it out for a random one",
                        () -> builder.token(token));
    }

    @Bean
    @ConditionalOnMissingBean(XrayConnectionDetails.class)
    XrayConnectionDetails consoleXrayConnectionDetails(Console console) {
        return new ConsoleConnectionDetails.Xray(console.port());
    }

    @Bean
    @ConditionalOnMissingBean(CloudWatchLogsConnectionDetails.class)
    CloudWatchLogsConnectionDetails consoleCloudWatchLogsConnectionDetails(Console console) {
        return new ConsoleConnectionDetails.CloudWatchLogs(console.port());
    }

    @Bean
    @ConditionalOnMissingBean(RollbarConnectionDetails.class)
    RollbarConnectionDetails consoleRollbarConnectionDetails(Console console) {
        return new ConsoleConnectionDetails.Rollbar(console.port());
    }

    @Bean
    @ConditionalOnMissingBean
    DeliveryReporter obsDeliveryReporter(Obs obs, Console console) {
        return new DeliveryReporter(obs, console.port());
    }
}
