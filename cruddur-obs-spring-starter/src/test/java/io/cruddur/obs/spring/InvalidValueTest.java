package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cruddur.obs.console.Console;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

/** A value that cannot be read ends the start with its name and the valid form. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidValueTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cruddur.obs.trace.daemon-address=localhost         | host:port",
                "cruddur.obs.trace.daemon-address=127.0.0.1:99999   | host:port",
                "AWS_XRAY_DAEMON_ADDRESS=http://127.0.0.1:2000/     | host:port",
                "cruddur.obs.trace.endpoint=127.0.0.1:4566          | https://xray.",
                "AWS_ENDPOINT_URL_XRAY=http://a b                   | https://xray.",
                "cruddur.obs.trace.otlp.endpoint=127.0.0.1:4318     | http://collector:4318/v1/traces",
                "cruddur.obs.trace.otlp.headers.host=a              | headers.x-key=value",
                "cruddur.obs.trace.rate=1.5                         | 0 to 1",
                "cruddur.obs.trace.rate=NaN                         | 0 to 1",
                "cruddur.obs.trace.sampling-rules=nowhere.json      | classpath:sampling-rules.json",
                "cruddur.obs.trace.inbound-sampled-per-second=-1    | 0 or more",
                "cruddur.obs.trace.trusted-peers=10.0.0.0/33        | 10.0.0.0/8",
                "cruddur.obs.trace.trusted-peers=proxy.example      | 10.0.0.0/8",
                "cruddur.obs.trace.exclude=health                   | /health",
                "cruddur.obs.logs.group=a b                         | /cruddur/backend",
                "cruddur.obs.logs.group=aws/mine                    | /cruddur/backend",
                "cruddur.obs.logs.stream=a:b                        | {host}/{date}",
                "cruddur.obs.logs.stream={hostname}                 | {host}/{date}",
                "cruddur.obs.logs.retention-days=31                 | 1, 7, 30, 90 or 365",
                "cruddur.obs.logs.groups.audit=a b                  | /cruddur/backend",
                "cruddur.obs.logs.tags.a=b;c                        | letters, digits, spaces",
                "cruddur.obs.logs.max-message-bytes=12B             | such as 64KB",
                "cruddur.obs.logs.endpoint=127.0.0.1:4566           | https://logs.",
                "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://a b        | https://logs.",
                "cruddur.obs.errors.endpoint=file:///tmp/item       | https://api.rollbar.com",
                "ROLLBAR_ENDPOINT=https:///api/1/item/              | https://api.rollbar.com",
                "cruddur.obs.errors.max-per-minute=0                | 1 to 10000",
                "cruddur.obs.errors.max-item-size=12KB              | 64KB to 1MB",
                "cruddur.obs.errors.max-item-size=8GB               | 64KB to 1MB",
                "cruddur.obs.errors.proxy=proxy.example             | proxy.example:3128",
                "cruddur.obs.delivery.shutdown-timeout=-1s          | 5s",
                "cruddur.obs.redact.patterns=EMP-(                  | EMP-[0-9]{6}",
                "cruddur.obs.redact.names=--                        | employee-no",
                "cruddur.obs.logs.access-exclude=health             | /health",
                "cruddur.obs.logs.access-sample=2                   | 0 to 1",
                "cruddur.obs.logs.access-slow=-1s                   | 500ms",
            })
    void inAwsMode(String property, String validForm) {
        Runners.web()
                .withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://127.0.0.1:9",
                        "cruddur.obs.delivery.shutdown-timeout=0s",
                        property)
                .run(context -> assertThat(analysis(context.getStartupFailure(), property))
                        .contains(validForm));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mesage=msg", "message=level"})
    void fieldNames(String entry) {
        Runners.plain()
                .withPropertyValues("cruddur.obs.mode=local", "cruddur.obs.logs.field-names." + entry)
                .run(context -> assertThat(analysis(context.getStartupFailure(), "cruddur.obs.logs.field-names="))
                        .contains("such as field-names.message=msg"));
    }

    @ParameterizedTest
    @CsvSource({
        "cruddur.obs.console.port=70000, 65535",
        "cruddur.obs.console.token=short, 8 to 128",
    })
    void inLocalMode(String property, String validForm) {
        Runners.plain()
                .withPropertyValues(property)
                .run(context -> assertThat(analysis(context.getStartupFailure(), property))
                        .contains(validForm));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cruddur.obs.mode=lokal                             | one of auto, local, aws, off",
                "cruddur.obs.trace.sampler=sometimes                | one of always, never, rate, central, rules",
                "cruddur.obs.trace.exporter=otpl,udp                | Did you mean otlp?",
                "cruddur.obs.trace.exporter=jaeger                  | some of udp, acknowledged, api, otlp, with commas",
                "cruddur.obs.trace.otlp.compression=zip             | one of gzip, none",
                "cruddur.obs.trace.rate=some                        | a number, such as 0.05",
                "cruddur.obs.trace.inbound-sampled-per-second=1.5   | a whole number",
                "cruddur.obs.trace.propagation.read=w3c,jaeger      | some of xray, w3c, b3, b3-multi, with",
                "cruddur.obs.delivery.shutdown-timeout=soon         | 5s or 500ms",
                "cruddur.obs.delivery.attempt-timeout=soon          | 5s or 500ms",
                "cruddur.obs.delivery.spool.mode=perhaps            | one of off, overflow, write-ahead",
                "cruddur.obs.delivery.spool.max-size=much           | a size such as 256MB",
                "cruddur.obs.delivery.spool.directory=a\0b          | a path such as /var/spool/cruddur",
                "cruddur.obs.delivery.spool.max-age=old             | 5s or 500ms",
                "cruddur.obs.delivery.retry-deadline=late           | 5s or 500ms",
                "cruddur.obs.logs.max-message-bytes=some            | a size such as 256MB",
                "cruddur.obs.logs.access=perhaps                    | true or false",
                "cruddur.obs.logs.entity=perhaps                    | true or false",
                "cruddur.obs.logs.retention-days=month              | a whole number",
                "cruddur.obs.logs.log-class=cheap                   | one of standard, infrequent-access, delivery",
                "cruddur.obs.errors.client-address=half             | one of off, anonymized, full",
                "cruddur.obs.errors.max-per-minute=many             | a whole number",
                "cruddur.obs.errors.max-item-size=much              | a size such as 256MB",
                "cruddur.obs.logs.access-level=loud                 | one of status, error, warn, info, debug",
            })
    void ofAnotherType(String property, String validForm) {
        Runners.plain()
                .withPropertyValues(property)
                .run(context -> assertThat(analysis(new BindFailureAnalyzer(), context.getStartupFailure(), property))
                        .contains(validForm));
    }

    @Test
    void valuesOfOthersAreLeftToBoot() {
        var environment = new MockEnvironment().withProperty("server.port", "any");

        Throwable failure = catchThrowable(() -> Binder.get(environment).bind("server.port", int.class));

        assertThat(failure).isInstanceOf(BindException.class);
        assertThat(new BindFailureAnalyzer().analyze(failure)).isNull();
    }

    @Test
    void localModeWithoutTheConsoleNamesTheDependency() {
        Runners.plain()
                .withClassLoader(new FilteredClassLoader(Console.class))
                .withPropertyValues("cruddur.obs.mode=local")
                .run(context -> assertThat(analysis(context.getStartupFailure(), "cruddur.obs.mode=local"))
                        .contains("io.cruddur.obs:cruddur-obs-console"));
    }

    @Test
    void anApplicationPrintsIt(CapturedOutput output) {
        assertThat(StartedApplication.fails("--cruddur.obs.mode=aws", "--cruddur.obs.trace.daemon-address=localhost"))
                .isTrue();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("cruddur.obs.trace.daemon-address cannot be used.")
                .contains("Set cruddur.obs.trace.daemon-address to host:port, such as 127.0.0.1:2000");
    }

    private static String analysis(@Nullable Throwable failure, String property) {
        return analysis(new InvalidObsPropertyFailureAnalyzer(), failure, property);
    }

    /** The action; the description must name the property. */
    private static String analysis(FailureAnalyzer analyzer, @Nullable Throwable failure, String property) {
        assertThat(failure).as("the start").isNotNull();
        FailureAnalysis analysis = analyzer.analyze(failure);
        assertThat(analysis).as("of " + failure).isNotNull();
        assertThat(analysis.getDescription()).contains(property.substring(0, property.indexOf('=')));
        return String.valueOf(analysis.getAction());
    }
}
