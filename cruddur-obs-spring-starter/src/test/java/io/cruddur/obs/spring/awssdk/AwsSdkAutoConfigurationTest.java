package io.cruddur.obs.spring.awssdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.awssdk.AwsSdkTracing;
import io.cruddur.obs.spring.Runners;
import io.cruddur.obs.test.ObsExtension;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.xray.XRayClient;

class AwsSdkAutoConfigurationTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    private final ApplicationContextRunner runner = Runners.plain()
            .withBean(Obs.class, () -> telemetry.obs())
            .withBean(XRayClient.class, AwsSdkAutoConfigurationTest::client)
            .withPropertyValues("cruddur.obs.mode=aws");

    @AfterEach
    void switchOn() {
        AwsSdkTracing.enabled(true);
    }

    /** Of a service that nobody answers for. */
    private static XRayClient client() {
        return XRayClient.builder()
                .region(Region.EU_CENTRAL_1)
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private String traced(XRayClient client) {
        telemetry.obs().trace("request").run(() -> {
            try {
                client.getSamplingRules();
            } catch (SdkException e) {
                assertThat(e).isNotNull();
            }
        });
        return telemetry.trace().toString();
    }

    @Test
    void aClientThatKnowsNothingOfItIsTraced() {
        runner.run(
                context -> assertThat(traced(context.getBean(XRayClient.class))).isEqualTo("request(XRay)"));
    }

    @Test
    void switchedOffItIsNot() {
        runner.withPropertyValues("cruddur.obs.aws-sdk.enabled=false").run(context -> {
            assertThat(AwsSdkTracing.isEnabled()).isFalse();
            assertThat(traced(context.getBean(XRayClient.class))).isEqualTo("request");
        });
        runner.run(context -> assertThat(AwsSdkTracing.isEnabled()).isTrue());
    }

    @Test
    void withoutTheSdkTheApplicationStarts() {
        Runners.plain()
                .withClassLoader(new FilteredClassLoader("software.amazon.awssdk.core.interceptor"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("obsAwsSdkSwitch"));
    }
}
