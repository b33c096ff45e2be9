package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;

class ObservationDefaultsTest {
    private static final String REACTOR = "spring.reactor.context-propagation";
    private static final String COLUMN = "logging.expect-correlation-id";

    private static final String SDK_LEVEL = "logging.level.com.amazonaws.xray.config.DaemonConfiguration";

    private final MockEnvironment environment = new MockEnvironment();

    private void process(ClassLoader loader) {
        var application = new SpringApplication(new DefaultResourceLoader(loader));
        new ObservationDefaults().postProcessEnvironment(environment, application);
    }

    private void process() {
        process(new FilteredClassLoader("io.micrometer.tracing.otel", "io.micrometer.tracing.brave"));
    }

    @Test
    void reactorCarriesWhatIsCurrent() {
        environment.setProperty("cruddur.obs.mode", "local");
        process();
        assertThat(environment.getProperty(REACTOR)).isEqualTo("auto");
        assertThat(environment.getProperty(COLUMN)).isNull();
    }

    @Test
    void theSdkDoesNotSayWhereItWouldSend() {
        environment.setProperty("cruddur.obs.mode", "aws");
        process();
        assertThat(environment.getProperty(SDK_LEVEL)).isEqualTo("warn");
    }

    @Test
    void theSdkThatSendsItselfSaysWhere() {
        environment.setProperty("cruddur.obs.mode", "aws");
        environment.setProperty("cruddur.obs.trace.xray-sdk-bridge", "false");
        process();
        assertThat(environment.getProperty(SDK_LEVEL)).isNull();
    }

    @Test
    void whatTheApplicationSaysCounts() {
        environment.setProperty("cruddur.obs.mode", "local");
        environment.setProperty(REACTOR, "limited");
        process();
        assertThat(environment.getProperty(REACTOR)).isEqualTo("limited");
    }

    @Test
    void whileNothingIsTracedThereIsNoColumn() {
        environment.setProperty("cruddur.obs.mode", "off");
        process();
        assertThat(environment.getProperty(REACTOR)).isNull();
        assertThat(environment.getProperty(COLUMN)).isEqualTo("false");
    }

    @Test
    void theColumnOfAnotherTracerStays() {
        environment.setProperty("cruddur.obs.mode", "off");
        process(new FilteredClassLoader("io.micrometer.tracing.brave"));
        assertThat(environment.getProperty(COLUMN)).isNull();
    }
}
