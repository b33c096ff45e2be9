package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.servlet.ObsFilter;
import java.io.IOException;
import java.util.List;
import org.aspectj.weaver.Advice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is there by default, what goes away, and what gives way to the application's own. */
@ExtendWith(OutputCaptureExtension.class)
class ObsAutoConfigurationTest {
    private final ApplicationContextRunner runner = Runners.plain();

    @Test
    void withTheConsoleEverythingGoesToIt(CapturedOutput output) {
        runner.run(context -> {
            Console console = context.getBean(Console.class);
            assertThat(context.getBean(XrayConnectionDetails.class).getDaemonAddress())
                    .isEqualTo("127.0.0.1:" + console.port());
            var logs = context.getBean(CloudWatchLogsConnectionDetails.class);
            assertThat(logs.getEndpoint()).hasToString("http://127.0.0.1:" + console.port());
            assertThat(logs.isAnonymous()).isTrue();
            var rollbar = context.getBean(RollbarConnectionDetails.class);
            assertThat(rollbar.getEndpoint()).hasToString("http://127.0.0.1:" + console.port() + "/api/1/item/");
            assertThat(sinks(context.getBean(Obs.class))).containsExactlyInAnyOrder("xray", "cloudwatch", "rollbar");
            assertThat(output).containsOnlyOnce(console.pageUrl().toString()).contains("is in local mode");
        });
    }

    @Test
    void withoutTheConsoleAndADestinationItIsOffAndSaysHowToGetAPage(CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader(Console.class)).run(context -> {
            assertThat(context)
                    .hasSingleBean(Obs.class)
                    .doesNotHaveBean(XrayConnectionDetails.class)
                    .doesNotHaveBean("tracedPostProcessor");
            Obs obs = context.getBean(Obs.class);
            assertThat(obs.report().sinks()).isEmpty();
            boolean valid = obs.trace("anything").call(span -> span.context().isValid());
            assertThat(valid).isFalse();
            assertThat(output).containsOnlyOnce("io.cruddur.obs:cruddur-obs-console");
        });
    }

    @Test
    void aBeanThatSaysWhereThingsGoDoesNotTurnItOnButIsNotPassedOverInSilence(CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader(Console.class))
                .withBean("daemon", XrayConnectionDetails.class, () -> () -> "127.0.0.1:9")
                .run(context -> {
                    assertThat(context.getBean(Obs.class).report().sinks()).isEmpty();
                    assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                            .singleElement()
                            .asString()
                            .contains("XrayConnectionDetails", "cruddur.obs.mode=aws");
                    assertThat(output).doesNotContain("no destination is set");
                });
    }

    @Test
    void disabledItIsQuietToo(CapturedOutput output) {
        runner.withPropertyValues("cruddur.obs.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(Obs.class).doesNotHaveBean(Console.class);
            assertThat(context.getBean(Obs.class).report().sinks()).isEmpty();
            assertThat(output).doesNotContain("Cruddur Obs");
        });
    }

    @Test
    void inAwsModeOnlyWhatIsSetIsUsedAndEachThatIsMissingIsOneWarning(CapturedOutput output) {
        runner.withPropertyValues("cruddur.obs.mode=aws").run(context -> {
            assertThat(context).doesNotHaveBean(Console.class);
            assertThat(context.getBean(Obs.class).report().sinks()).isEmpty();
            assertThat(output)
                    .containsOnlyOnce("Set ROLLBAR_ACCESS_TOKEN")
                    .contains("cruddur.obs.errors.enabled=false")
                    .containsOnlyOnce("AWS_XRAY_DAEMON_ADDRESS=host:port")
                    .containsOnlyOnce("Set AWS_REGION, or cruddur.obs.logs.enabled=false");
        });
    }

    @Test
    void whatIsTurnedOffIsNotMissed(CapturedOutput output) {
        runner.withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.errors.enabled=false",
                        "cruddur.obs.logs.enabled=false",
                        "cruddur.obs.trace.sampler=never")
                .run(context -> assertThat(output).doesNotContain("WARN"));
    }

    @Test
    void theStartSaysWhereThingsGoButNoSecret(CapturedOutput output) {
        runner.withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.service=backend-flask",
                        "cruddur.obs.trace.daemon-address=127.0.0.1:9",
                        "cruddur.obs.logs.region=eu-central-1",
                        "cruddur.obs.errors.access-token=rosebud",
                        "cruddur.obs.errors.endpoint=http://user:sled@127.0.0.1:9/api/1/item/")
                .run(context -> assertThat(output)
                        .contains("Cruddur Obs is in aws mode: traces to the X-Ray daemon at 127.0.0.1:9 (udp); "
                                + "logs to the CloudWatch Logs group backend-flask in eu-central-1; "
                                + "errors to Rollbar at http://127.0.0.1:9.")
                        .doesNotContain("rosebud")
                        .doesNotContain("sled"));
    }

    @Test
    void secretsAreNotInTheTextOfTheProperties() {
        runner.withPropertyValues("cruddur.obs.errors.access-token=rosebud", "cruddur.obs.console.token=rosebud-1941")
                .run(context -> {
                    assertThat(context.getBean(ObsProperties.class)).asString().doesNotContain("rosebud");
                    assertThat(context.getBean(RollbarConnectionDetails.class))
                            .asString()
                            .doesNotContain("rosebud");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.cruddur.obs.console",
                "ch.qos.logback",
                "org.aspectj",
                "jakarta.servlet",
                "org.springframework.web"
            })
    void anOptionalLibraryMayBeMissing(String library) {
        runner.withClassLoader(new FilteredClassLoader(library))
                .withPropertyValues("cruddur.obs.mode=aws")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Obs.class));
    }

    @Test
    void theFilterIsForServletApplicationsOnly() {
        runner.run(context -> assertThat(context).doesNotHaveBean("obsFilter"));
        Runners.web().run(context -> assertThat(context).hasBean("obsFilter"));
        Runners.web()
                .withClassLoader(new FilteredClassLoader(ObsFilter.class))
                .run(context -> assertThat(context).doesNotHaveBean("obsFilter"));
        Runners.web()
                .withPropertyValues("cruddur.obs.mode=off")
                .run(context -> assertThat(context).doesNotHaveBean("obsFilter"));
    }

    @Test
    void tracedNeedsNoAspectJ() {
        runner.withClassLoader(new FilteredClassLoader(Advice.class))
                .run(context -> assertThat(context).hasBean("tracedPostProcessor"));
        runner.withClassLoader(new FilteredClassLoader("org.springframework.aop.framework.autoproxy"))
                .run(context -> assertThat(context).doesNotHaveBean("tracedPostProcessor"));
    }

    @Test
    void theApplicationsOwnBeansWin() {
        runner.withUserConfiguration(Own.class).run(context -> {
            assertThat(context.getBean(Obs.class).service()).isEqualTo("own");
            assertThat(context.getBeansOfType(Obs.class)).hasSize(1);
            assertThat(context.getBean(XrayConnectionDetails.class).getDaemonAddress())
                    .isEqualTo("127.0.0.1:9");
            assertThat(context.getBeansOfType(XrayConnectionDetails.class)).hasSize(1);
            assertThat(context.getBeansOfType(Console.class)).hasSize(1);
        });
    }

    private static List<String> sinks(Obs obs) {
        return obs.report().sinks().stream().map(DeliveryReport.Sink::name).toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        Obs ownObs() {
            return Obs.builder().service("own").build();
        }

        @Bean
        XrayConnectionDetails ownDaemon() {
            return () -> "127.0.0.1:9";
        }

        @Bean
        Console ownConsole() throws IOException {
            return Console.builder().port(0).open();
        }
    }
}
