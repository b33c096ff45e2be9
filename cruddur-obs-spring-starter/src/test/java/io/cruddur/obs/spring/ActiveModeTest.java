package io.cruddur.obs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.console.Console;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.env.MockEnvironment;

class ActiveModeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the console is there
                "yes | -                                                       | -          | local",
                "yes | AWS_ACCESS_KEY_ID=AKID                                  | -          | local",
                "yes | AWS_REGION=eu-central-1                                 | -          | local",
                "yes | cruddur.obs.logs.region=eu-central-1                    | -          | local",
                "yes | AWS_XRAY_DAEMON_ADDRESS=                                | -          | local",
                "yes | -                                                       | dev        | local",
                "yes | -                                                       | prod       | off",
                "yes | -                                                       | production | off",
                "yes | AWS_ACCESS_KEY_ID=AKID                                  | prod       | aws",
                "yes | AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:2000                  | -          | aws",
                "yes | AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://127.0.0.1:4566  | -          | aws",
                "yes | ROLLBAR_ACCESS_TOKEN=t                                  | -          | aws",
                "yes | cruddur.obs.trace.daemon-address=127.0.0.1:2000         | -          | aws",
                "yes | cruddur.obs.logs.endpoint=http://127.0.0.1:4566         | -          | aws",
                "yes | cruddur.obs.errors.access-token=t                       | -          | aws",
                "yes | OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318       | -          | aws",
                "yes | cruddur.obs.trace.exporter=otlp                         | -          | local",
                // it is not
                "no  | cruddur.obs.trace.exporter=acknowledged                 | -          | aws",
                "no  | cruddur.obs.trace.otlp.endpoint=http://127.0.0.1:4318   | -          | aws",
                "no  | -                                                       | -          | off",
                "no  | AWS_REGION=eu-central-1                                 | -          | off",
                "no  | AWS_ACCESS_KEY_ID=AKID                                  | -          | aws",
                "no  | AWS_WEB_IDENTITY_TOKEN_FILE=/token                      | -          | aws",
                "no  | AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/creds           | -          | aws",
                "no  | AWS_CONTAINER_CREDENTIALS_FULL_URI=http://10.0.0.1/c    | -          | aws",
                "no  | AWS_PROFILE=cruddur                                     | -          | aws",
                "no  | AWS_PROFILE=                                            | -          | off",
                "no  | ROLLBAR_ACCESS_TOKEN=t                                  | -          | aws",
                // said in so many words
                "yes | cruddur.obs.mode=aws                                    | -          | aws",
                "yes | cruddur.obs.mode=off                                    | -          | off",
                "yes | cruddur.obs.mode=OFF                                    | -          | off",
                "yes | cruddur.obs.mode=local ROLLBAR_ACCESS_TOKEN=t           | production | local",
                "yes | cruddur.obs.mode=auto                                   | -          | local",
                "yes | cruddur.obs.enabled=false                               | -          | off",
                "yes | cruddur.obs.enabled=false cruddur.obs.mode=local        | -          | off",
            })
    void followsFromTheClassPathTheEnvironmentAndTheProfiles(
            String console, @Nullable String properties, @Nullable String profile, String expected) {
        var environment = new MockEnvironment();
        if (properties != null) {
            Arrays.stream(properties.split(" "))
                    .map(property -> property.split("=", 2))
                    .forEach(property -> environment.setProperty(property[0], property[1]));
        }
        if (profile != null) {
            environment.setActiveProfiles(profile);
        }
        ClassLoader classes =
                console.equals("yes") ? getClass().getClassLoader() : new FilteredClassLoader(Console.class);

        assertThat(ActiveMode.of(environment, classes)).isEqualTo(Mode.valueOf(expected.toUpperCase(Locale.ROOT)));
    }
}
