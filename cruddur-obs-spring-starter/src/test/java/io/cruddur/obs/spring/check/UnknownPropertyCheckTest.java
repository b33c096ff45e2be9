package io.cruddur.obs.spring.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.spring.Runners;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.context.WebApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyCheckTest {
    private static final String IN_A_TEST =
            "org.springframework.boot.test.context.SpringBootTestContextBootstrapper=true";

    private final ApplicationContextRunner local = Runners.plain().withPropertyValues("cruddur.obs.mode=local");
    private final ApplicationContextRunner aws = Runners.plain().withPropertyValues("cruddur.obs.mode=aws");

    @ParameterizedTest
    @CsvSource({
        "cruddur.obs.trace.samplr,           cruddur.obs.trace.sampler",
        "cruddur.obs.tracing.rate,           cruddur.obs.trace.rate",
        "cruddur.obs.rollbar-token,          cruddur.obs.errors.access-token",
        "cruddur.obs.errors.token,           cruddur.obs.errors.access-token",
        "cruddur.obs.service.name,           cruddur.obs.service",
        "cruddur.obs.trace-daemon-address,   cruddur.obs.trace.daemon-address",
        "cruddur.obs.trace.rate[0],          cruddur.obs.trace.rate",
    })
    void inLocalModeTheStartFailsWithTheNearestName(String wrong, String right) {
        local.withPropertyValues(wrong + "=rosebud").run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("There is no property " + wrong);
            assertThat(analysis.getAction()).contains("Did you mean " + right + "?");
            assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("rosebud");
        });
    }

    @Test
    void inATestTheStartFailsInAnyMode() {
        aws.withPropertyValues(IN_A_TEST, "cruddur.obs.samplr=always")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getAction())
                        .contains("cruddur.obs"));
    }

    @Test
    void elsewhereItIsOneErrorLineAndTheApplicationStarts(CapturedOutput output) {
        aws.withPropertyValues("cruddur.obs.trace.samplr=always", "cruddur.obs.log.group=g")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output.toString().lines().filter(line -> line.contains("ERROR")))
                            .singleElement()
                            .asString()
                            .contains("cruddur.obs.trace.samplr", "cruddur.obs.trace.sampler?")
                            .contains("cruddur.obs.log.group", "cruddur.obs.logs.group?")
                            .doesNotContain("always");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cruddur.obs.trace.daemonAddress=127.0.0.1:9",
                "cruddur.obs.trace.DAEMON_ADDRESS=127.0.0.1:9",
                "cruddur.obs.trace.exclude=/a,/b",
                "cruddur.obs.trace.exclude[0]=/a",
                "cruddur.obs.logs.field-names.message=msg",
                "cruddur.obs.trace=",
                "cruddur.obs.logs.groups.com.acme.audit=cruddur-audit",
                "cruddur.obs.logs.groups[com.acme.Audit]=cruddur-audit",
                "cruddur.obs.logs.tags.team=cruddur",
                "cruddur.observer=another application's",
            })
    void whatExistsIsFoundInEachForm(String property) {
        local.withPropertyValues(property).run(context -> assertThat(context).hasNotFailed());
    }

    /** In a WAR for a container, where the servlet module alone must not set itself up. */
    @Test
    void aParameterOfTheServletsContextIsNotOfSpring() {
        Runners.web()
                .withPropertyValues("cruddur.obs.mode=local")
                .withInitializer(
                        context -> Objects.requireNonNull(((WebApplicationContext) context).getServletContext())
                                .setInitParameter("cruddur.obs.servlet.auto", "false"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getEnvironment().getProperty("cruddur.obs.servlet.auto"))
                            .isEqualTo("false");
                });
        local.withPropertyValues("cruddur.obs.servlet.auto=false")
                .run(context -> assertThat(analysis(context.getStartupFailure()).getDescription())
                        .contains("cruddur.obs.servlet.auto"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CRUDDUR_OBS_CONSOLE_TOKEN",
                "CRUDDUR_OBS_TRACE_DAEMONADDRESS",
                "CRUDDUR_OBS_TRACE_DAEMON_ADDRESS",
                "CRUDDUR_OBS_TRACE_EXCLUDE_0",
                "CRUDDUR_OBS_LOGS_GROUPS_AUDIT",
                "CRUDDUR_OBS_LOGS_FIELDNAMES_MESSAGE",
                "CRUDDUR_OBSERVER",
            })
    void variablesAreFoundInEachForm(String variable) {
        local.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment", Map.of(variable, "rosebud-1941"))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aVariableMayBeWrongToo() {
        local.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment", Map.of("CRUDDUR_OBS_CONSOLE_TOKN", "rosebud-1941"))))
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("CRUDDUR_OBS_CONSOLE_TOKN");
                    assertThat(analysis.getAction()).contains("cruddur.obs.console.token");
                });
    }

    private static FailureAnalysis analysis(@Nullable Throwable failure) {
        assertThat(failure).as("the start").isNotNull();
        FailureAnalysis analysis = new UnknownPropertiesFailureAnalyzer().analyze(failure);
        assertThat(analysis).as("of " + failure).isNotNull();
        return analysis;
    }
}
