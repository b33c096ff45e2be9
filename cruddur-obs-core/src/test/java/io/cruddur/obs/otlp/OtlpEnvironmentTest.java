package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.aws.platform.Platform;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpEnvironmentTest {

    @ParameterizedTest
    @CsvSource({
        "http://c:4318, http://c:4318/v1/traces",
        "http://c:4318/, http://c:4318/v1/traces",
        "https://c/base, https://c/base/v1/traces",
        "https://c/base/, https://c/base/v1/traces",
    })
    void theEndpointOfAllSignalsGetsThePath(String base, URI endpoint) {
        var environment = OtlpEnvironment.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", base));
        assertThat(environment.endpoint()).isEqualTo(endpoint);
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void theEndpointOfTracesIsUsedAsItIsAndGoesFirst() {
        var environment = OtlpEnvironment.of(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:4318",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4318/in"));
        assertThat(environment.endpoint()).isEqualTo(URI.create("http://c:4318/in"));
    }

    @Test
    void nothingIsSetWhereNothingIsSaid() {
        var environment = OtlpEnvironment.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "  "));
        assertThat(environment.endpoint()).isNull();
        assertThat(environment.timeout()).isNull();
        assertThat(environment.gzip()).isTrue();
        assertThat(environment.headers()).isEmpty();
        assertThat(environment.serviceName()).isNull();
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void allOfItIsRead() {
        var environment = OtlpEnvironment.of(Map.of(
                "OTEL_EXPORTER_OTLP_HEADERS", "x-key = a%20b , x-plus=1+1,",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "2500",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "none",
                "OTEL_RESOURCE_ATTRIBUTES", "service.name=shop,team=a%2Cb"));
        assertThat(environment.headers()).isEqualTo(Map.of("x-key", "a b", "x-plus", "1+1"));
        assertThat(environment.timeout()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(environment.gzip()).isFalse();
        assertThat(environment.resourceAttributes()).isEqualTo(Map.of("service.name", "shop", "team", "a,b"));
        assertThat(environment.serviceName()).isEqualTo("shop");
        assertThat(environment.problems()).isEmpty();
    }

    @Test
    void whatIsForTracesAloneGoesFirst() {
        var environment = OtlpEnvironment.of(Map.of(
                "OTEL_EXPORTER_OTLP_HEADERS", "a=1",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=2",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "1",
                "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2",
                "OTEL_SERVICE_NAME", "first",
                "OTEL_RESOURCE_ATTRIBUTES", "service.name=second"));
        assertThat(environment.headers()).isEqualTo(Map.of("b", "2"));
        assertThat(environment.timeout()).isEqualTo(Duration.ofMillis(2));
        assertThat(environment.serviceName()).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://a b",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=grpc://c:4317",
                "OTEL_EXPORTER_OTLP_TIMEOUT=5s",
                "OTEL_EXPORTER_OTLP_TIMEOUT=0",
                "OTEL_EXPORTER_OTLP_COMPRESSION=zstd",
                "OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
                "OTEL_EXPORTER_OTLP_HEADERS=word",
                "OTEL_EXPORTER_OTLP_HEADERS=a=%zz",
                "OTEL_EXPORTER_OTLP_HEADERS=host=word",
                "OTEL_RESOURCE_ATTRIBUTES==word",
            })
    void whatCannotBeReadIsToldByItsNameAndNotByItsValue(String variable) {
        String name = variable.substring(0, variable.indexOf('='));
        String value = variable.substring(variable.indexOf('=') + 1);
        var environment = OtlpEnvironment.of(Map.of(name, value));
        assertThat(environment.problems()).hasSize(1);
        assertThat(environment.problems().get(0)).startsWith(name + ' ').doesNotContain("word");
        assertThat(environment.endpoint()).isNull();
        assertThat(environment.headers()).isEmpty();
    }

    @Test
    void settingsRefuseWhatCannotBeUsedAndShowNoSecret() {
        OtlpResource resource = OtlpResource.of("shop");
        assertThatThrownBy(() -> OtlpSettings.collector(URI.create("ftp://user:word@h/"), resource))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("word");
        var settings = OtlpSettings.collector(URI.create("http://h/v1/traces"), resource);
        assertThatThrownBy(() -> settings.withHeaders(Map.of("Content-Length", "word")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("Content-Length")
                .doesNotContain("word");
        assertThat(settings.withHeaders(Map.of("x-key", "word")).toString()).doesNotContain("word");
        assertThatThrownBy(() -> OtlpSettings.xray("eu.evil.example/", resource))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void xraysEndpointIsThatOfTheRegion() {
        OtlpResource resource = OtlpResource.of("shop");
        assertThat(OtlpSettings.xray("eu-central-1", resource).endpoint())
                .isEqualTo(URI.create("https://xray.eu-central-1.amazonaws.com/v1/traces"));
        assertThat(OtlpSettings.xray("cn-north-1", resource).endpoint())
                .isEqualTo(URI.create("https://xray.cn-north-1.amazonaws.com.cn/v1/traces"));
    }

    @Test
    void aResourceSaysWhatIsKnownAndItsOthersChangeNothingOfIt() {
        var resource = new OtlpResource(
                "shop",
                "1.2",
                "test",
                "h1",
                () -> Platform.UNKNOWN,
                "/shop",
                "0.1",
                Map.of("team", "a", "service.name", "b"));
        assertThat(resource.attributes(Platform.of("AWS::ECS::Container")))
                .containsEntry("service.name", "shop")
                .containsEntry("service.version", "1.2")
                .containsEntry("deployment.environment.name", "test")
                .containsEntry("host.name", "h1")
                .containsEntry("cloud.platform", "aws_ecs")
                .containsEntry("aws.log.group.names", java.util.List.of("/shop"))
                .containsEntry("telemetry.sdk.version", "0.1")
                .containsEntry("team", "a");
    }
}
