package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

class EarlyXraySdkTest {
    private static @Nullable Thread loading(String... properties) {
        var environment = new MockEnvironment();
        for (String property : properties) {
            environment.setProperty(property.split("=")[0], property.split("=")[1]);
        }
        return EarlyXraySdk.loading(environment, Objects.requireNonNull(EarlyXraySdkTest.class.getClassLoader()));
    }

    @Test
    void theSdkIsLoadedByAThreadThatHoldsNobodyUp() throws InterruptedException {
        Thread loading = Objects.requireNonNull(loading("AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9"));
        assertThat(loading.isDaemon()).isTrue();
        loading.start();
        loading.join(60_000);
        assertThat(loading.isAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"cruddur.obs.trace.xray-sdk-bridge=false", "cruddur.obs.enabled=false", "cruddur.obs.mode=off"})
    void whatIsOffStartsNoThread(String property) {
        assertThat(loading("AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:9", property) == null)
                .isTrue();
    }

    @Test
    void bootFindsIt() {
        assertThat(SpringFactoriesLoader.loadFactoryNames(
                        ApplicationListener.class, EarlyXraySdkTest.class.getClassLoader()))
                .contains(EarlyXraySdk.class.getName());
    }
}
