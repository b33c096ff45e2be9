package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** An application that was processed ahead of time, and is started in an environment that says another mode. */
@ExtendWith(OutputCaptureExtension.class)
class BuiltModeTest {
    @ParameterizedTest
    @ValueSource(strings = {"Local", "Aws", "Off"})
    void theBuildKeepsTheModeThatItsEnvironmentSays(String mode) {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(new MockEnvironment().withProperty("cruddur.obs.mode", mode));
            context.register(ObsAutoConfiguration.class);
            context.refreshForAotProcessing(new RuntimeHints());
            assertThat(context.getBeanFactory().getBeanNamesForType(BuiltMode.class, true, false))
                    .containsExactly("obsBuiltFor" + mode);
        }
    }

    @ParameterizedTest
    @CsvSource({"OFF, aws", "LOCAL, aws", "AWS, local"})
    void anotherModeThanTheBuiltOneIsAnErrorLineThatSaysWhatToSet(Mode built, String active, CapturedOutput output) {
        Runners.plain()
                .withBean(BuiltMode.class, () -> new BuiltMode(built))
                .withPropertyValues("cruddur.obs.mode=" + active)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output.toString().lines().filter(line -> line.contains("ERROR")))
                            .singleElement()
                            .asString()
                            .containsIgnoringCase("ahead of time for mode " + built)
                            .contains("cruddur.obs.mode=" + active);
                });
    }

    @Test
    void whatWasBuiltForOffStaysOffAndThatIsNotSaidToBeForWantOfADestination(CapturedOutput output) {
        Runners.plain()
                .withBean(BuiltMode.class, () -> new BuiltMode(Mode.OFF))
                .withPropertyValues("ROLLBAR_ACCESS_TOKEN=test")
                .run(context -> {
                    boolean recorded = context.getBean(Obs.class)
                            .trace("any")
                            .call(span -> span.context().isValid());
                    assertThat(recorded).isFalse();
                    assertThat(output).contains("cruddur.obs.mode=aws").doesNotContain("no destination is set");
                });
    }

    @Test
    void toBeOffIsAlwaysPossible(CapturedOutput output) {
        Runners.plain()
                .withBean(BuiltMode.class, () -> new BuiltMode(Mode.AWS))
                .withPropertyValues("cruddur.obs.enabled=false")
                .run(context -> {
                    boolean recorded = context.getBean(Obs.class)
                            .trace("any")
                            .call(span -> span.context().isValid());
                    assertThat(recorded).isFalse();
                    assertThat(output).doesNotContain("Cruddur Obs");
                });
    }
}
