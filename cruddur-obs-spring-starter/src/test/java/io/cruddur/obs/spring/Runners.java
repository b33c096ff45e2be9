package io.cruddur.obs.spring;

import io.cruddur.obs.console.Console;
import io.cruddur.obs.spring.actuate.ObsEndpointAutoConfiguration;
import io.cruddur.obs.spring.actuate.ObsHealthAutoConfiguration;
import io.cruddur.obs.spring.actuate.ObsMetricsAutoConfiguration;
import io.cruddur.obs.spring.awssdk.AwsSdkAutoConfiguration;
import io.cruddur.obs.spring.check.PropertyCheckAutoConfiguration;
import io.cruddur.obs.spring.console.ConsoleAutoConfiguration;
import io.cruddur.obs.spring.httpclient.HttpClientAutoConfiguration;
import io.cruddur.obs.spring.jdbc.JdbcAutoConfiguration;
import io.cruddur.obs.spring.micrometer.MicrometerAutoConfiguration;
import io.cruddur.obs.spring.provision.ProvisionAutoConfiguration;
import io.cruddur.obs.spring.servlet.ServletAutoConfiguration;
import io.cruddur.obs.spring.traced.TracedAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Contexts with all that the starter configures, and nothing of the environment that the build runs in. */
public final class Runners {
    private static final Class<?>[] CLASSES = {
        ObsAutoConfiguration.class,
        PropertyCheckAutoConfiguration.class,
        ConsoleAutoConfiguration.class,
        AwsSdkAutoConfiguration.class,
        HttpClientAutoConfiguration.class,
        JdbcAutoConfiguration.class,
        MicrometerAutoConfiguration.class,
        ObsEndpointAutoConfiguration.class,
        ObsHealthAutoConfiguration.class,
        ObsMetricsAutoConfiguration.class,
        ProvisionAutoConfiguration.class,
        ServletAutoConfiguration.class,
        TracedAutoConfiguration.class
    };

    private static final AutoConfigurations ALL = AutoConfigurations.of(CLASSES);

    /** Blank counts as not set. */
    private static final String[] CLEAN = {
        "AWS_XRAY_DAEMON_ADDRESS=",
        "AWS_XRAY_TRACING_NAME=",
        "AWS_REGION=",
        "AWS_DEFAULT_REGION=",
        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=",
        "AWS_ENDPOINT_URL_XRAY=",
        "CRUDDUR_OBS_TRACE_EXPORTER=",
        "OTEL_EXPORTER_OTLP_ENDPOINT=",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=",
        "OTEL_EXPORTER_OTLP_HEADERS=",
        "OTEL_SERVICE_NAME=",
        "AWS_ACCESS_KEY_ID=",
        "AWS_WEB_IDENTITY_TOKEN_FILE=",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI=",
        "AWS_PROFILE=",
        "ROLLBAR_ACCESS_TOKEN=",
        "ROLLBAR_ENDPOINT=",
        "ROLLBAR_ENVIRONMENT=",
        "ROLLBAR_CODE_VERSION=",
        "cruddur.obs.delivery.spool.mode=off",
        "cruddur.obs.console.port=0"
    };

    private Runners() {}

    static Class<?>[] all() {
        return CLASSES.clone();
    }

    public static ApplicationContextRunner plain() {
        return new ApplicationContextRunner().withConfiguration(ALL).withPropertyValues(CLEAN);
    }

    public static WebApplicationContextRunner web() {
        return new WebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(CLEAN);
    }

    /** In aws mode, with the console in the place of all three services. */
    public static ApplicationContextRunner aws(Console console) {
        String address = "127.0.0.1:" + console.port();
        return plain().withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "AWS_XRAY_DAEMON_ADDRESS=" + address,
                        "AWS_REGION=eu-central-1",
                        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://" + address,
                        "ROLLBAR_ACCESS_TOKEN=test",
                        "ROLLBAR_ENDPOINT=http://" + address + "/api/1/item/");
    }
}
