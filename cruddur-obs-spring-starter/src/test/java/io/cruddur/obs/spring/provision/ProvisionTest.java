package io.cruddur.obs.spring.provision;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.cruddur.obs.console.Console;
import io.cruddur.obs.spring.Runners;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.SamplingRule;
import software.amazon.awssdk.services.xray.model.SamplingRuleRecord;

/** What is created in an account that the console plays, and what is said where WireMock does not let it be. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ProvisionTest {
    private static final Path AWS = Path.of("..", "aws");

    private final WireMockServer services =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    private Console console;

    @BeforeEach
    void start() throws Exception {
        console = Console.builder().port(0).start();
        services.start();
    }

    @AfterEach
    void stop() {
        services.stop();
        console.close();
    }

    private ApplicationContextRunner runner(String endpoint) {
        return Runners.plain()
                .withSystemProperties("aws.accessKeyId=test", "aws.secretAccessKey=test")
                .withPropertyValues(
                        "cruddur.obs.mode=aws",
                        "cruddur.obs.service=backend-flask",
                        "cruddur.obs.provision=true",
                        "cruddur.obs.provision-group=Cruddur",
                        "cruddur.obs.provision-sampling-rule=" + AWS.resolve("json/xray.json"),
                        "cruddur.obs.trace.exporter=udp",
                        "cruddur.obs.trace.sampler=never",
                        "cruddur.obs.logs.group=cruddur",
                        "cruddur.obs.logs.retention-days=30",
                        "cruddur.obs.delivery.shutdown-timeout=100ms",
                        "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:" + console.port(),
                        "AWS_REGION=eu-central-1",
                        "AWS_ENDPOINT_URL_XRAY=" + endpoint,
                        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=" + endpoint);
    }

    private String consoleUrl() {
        return "http://127.0.0.1:" + console.port();
    }

    private static void join(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        try {
            context.getBean(Provisioner.class).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsMissingIsCreatedAndSaid(CapturedOutput output) {
        runner(consoleUrl()).run(ProvisionTest::join);

        assertThat(groupFilter("Cruddur")).isEqualTo("service(\"backend-flask\")");
        assertThat(rule("Cruddur"))
                .usingRecursiveComparison()
                .comparingOnlyFields("ruleName", "priority", "fixedRate", "reservoirSize", "serviceName", "host")
                .isEqualTo(SamplingRule.builder()
                        .ruleName("Cruddur")
                        .priority(9_000)
                        .fixedRate(0.1)
                        .reservoirSize(5)
                        .serviceName("backend-flask")
                        .host("*")
                        .build());
        assertThat(retention("cruddur")).isEqualTo(30);
        assertThat(output)
                .contains("Provisioning: the X-Ray group Cruddur created, with the filter service(\"backend-flask\").")
                .contains("Provisioning: the sampling rule Cruddur created.")
                .contains("Provisioning: the log group cruddur ");
    }

    @Test
    void whatIsThereIsLeftAsItIs(CapturedOutput output) {
        try (XRayClient xray = xray()) {
            xray.createGroup(request -> request.groupName("Cruddur").filterExpression("http.status = 500"));
        }
        runner(consoleUrl()).run(ProvisionTest::join);
        SamplingRule first = rule("Cruddur");
        runner(consoleUrl()).run(ProvisionTest::join);

        assertThat(groupFilter("Cruddur")).isEqualTo("http.status = 500");
        assertThat(rule("Cruddur")).isEqualTo(first);
        assertThat(output)
                .contains("Provisioning: the X-Ray group Cruddur is there with the filter http.status = 500 and not"
                        + " service(\"backend-flask\"); it is left as it is.")
                .contains("Provisioning: the sampling rule Cruddur is there.")
                .contains("Provisioning: the log group cruddur is there.");
    }

    @Test
    void locallyTheConsoleIsTheAccount() {
        Runners.plain()
                .withPropertyValues(
                        "cruddur.obs.mode=local",
                        "cruddur.obs.service=backend-flask",
                        "cruddur.obs.provision=true",
                        "cruddur.obs.provision-sampling-rule=" + AWS.resolve("json/xray.json"))
                .run(context -> {
                    join(context);
                    try (XRayClient xray = xray(context.getBean(Console.class).port())) {
                        assertThat(xray.getGroup(request -> request.groupName("backend-flask"))
                                        .group()
                                        .filterExpression())
                                .isEqualTo("service(\"backend-flask\")");
                    }
                });
    }

    @Test
    void itIsOffByDefaultAndWhereNothingIsSent() {
        runner(services.baseUrl())
                .withPropertyValues("cruddur.obs.provision=false")
                .run(context -> assertThat(context).doesNotHaveBean(Provisioner.class));
        runner(services.baseUrl())
                .withPropertyValues("cruddur.obs.mode=off")
                .run(context -> assertThat(context).doesNotHaveBean(Provisioner.class));
        // The log lines are sent all the same.
        assertThat(services.getAllServeEvents())
                .extracting(ProvisionTest::action)
                .allMatch(call -> call.startsWith("logs:"));
    }

    @Test
    void whatIsNotAllowedIsSaidWithThePermissionsAndStopsNothing(CapturedOutput output) {
        services.stubFor(any(anyUrl())
                .willReturn(okJson("{\"message\": \"no\", \"__type\": \"AccessDeniedException\"}")
                        .withStatus(403)
                        .withHeader("x-amzn-ErrorType", "AccessDeniedException")));

        runner(services.baseUrl()).run(ProvisionTest::join);

        assertThat(output)
                .contains("the X-Ray group Cruddur is left out; AWS says AccessDeniedException (403). It needs the"
                        + " permissions xray:GetGroup and xray:CreateGroup; see aws/iam-policy.json.")
                .contains("the sampling rule is left out; AWS says AccessDeniedException (403)")
                .contains("the log group cruddur is left out; AWS says AccessDeniedException (403)")
                .doesNotContain("\tat ");
    }

    @Test
    void itNeedsNoMoreThanThePolicyLists() throws Exception {
        services.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        services.stubFor(post("/GetGroup")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("x-amzn-ErrorType", "InvalidRequestException")
                        .withBody("{\"Message\": \"Group not found\"}")));

        runner(services.baseUrl())
                .withPropertyValues("cruddur.obs.logs.tags.team=cruddur")
                .run(ProvisionTest::join);

        Set<String> calls =
                services.getAllServeEvents().stream().map(ProvisionTest::action).collect(Collectors.toSet());
        assertThat(calls)
                .containsAll(List.of(
                        "xray:GetGroup",
                        "xray:CreateGroup",
                        "xray:GetSamplingRules",
                        "xray:CreateSamplingRule",
                        "logs:CreateLogGroup",
                        "logs:PutRetentionPolicy"));
        Set<String> allowed = Pattern.compile("\"((xray|logs):\\w+)\"")
                .matcher(Files.readString(AWS.resolve("iam-policy.json")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(allowed).containsAll(calls).doesNotContain("xray:*", "logs:*");
    }

    private static String action(ServeEvent event) {
        String target = event.getRequest().getHeader("X-Amz-Target");
        return target == null
                ? "xray:" + event.getRequest().getUrl().substring(1)
                : "logs:" + target.substring(target.indexOf('.') + 1);
    }

    @Test
    void anAccountThatDoesNotAnswerHoldsNothingUp() {
        services.stubFor(any(anyUrl()).willReturn(okJson("{}").withFixedDelay(60_000)));

        runner(services.baseUrl()).run(context -> {
            assertThat(context).hasNotFailed();
            // It is under way, and the application has started.
            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().equals("cruddur-obs-provision"));
        });
        // And has ended, which took the call with it.
        await("the end of the call")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("cruddur-obs-provision")));
    }

    @Test
    void withoutTheClientItSaysWhatToAdd(CapturedOutput output) {
        runner(consoleUrl())
                .withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.xray"))
                .run(ProvisionTest::join);

        assertThat(output)
                .contains(
                        "X-Ray's group and sampling rule is left out: add the dependency software.amazon.awssdk:xray.")
                .contains("Provisioning: the log group cruddur ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                                     | create-sampling-rule --cli-input-json",
                "[]                                                    | create-sampling-rule --cli-input-json",
                "{'RuleName': 'x'}                                     | create-sampling-rule --cli-input-json",
                "{'SamplingRule': {'Priority': 1}}                     | SamplingRule.RuleName is a text; it was null",
                "{'SamplingRule': {'RuleName': 'x'}}                   | SamplingRule.Priority is a number from 1 to 9999; it was null",
                "{'SamplingRule': {'RuleName': 'x', 'Priority': 0}}    | Priority is a number from 1 to 9999; it was 0",
                "{'SamplingRule': {'RuleName': 'x', 'Priority': 1, 'FixedRate': 10}} | FixedRate is a number from 0 to 1; it was 10",
                "{'SamplingRule': {'RuleNmae': 'x'}}                   | SamplingRule.RuleNmae is none of Attributes, FixedRate",
            })
    void aRuleThatCannotBeUsedIsSaid(String json, String complaint, @TempDir Path folder, CapturedOutput output)
            throws Exception {
        Path file = Files.writeString(folder.resolve("rule.json"), json.replace('\'', '"'));

        runner(consoleUrl())
                .withPropertyValues("cruddur.obs.provision-sampling-rule=" + file)
                .run(ProvisionTest::join);

        assertThat(output)
                .contains("Provisioning: the sampling rule is left out: ")
                .contains(complaint);
        assertThat(groupFilter("Cruddur")).isEqualTo("service(\"backend-flask\")");
    }

    @Test
    void aRuleThatIsNotThereIsSaid(CapturedOutput output) {
        runner(consoleUrl())
                .withPropertyValues("cruddur.obs.provision-sampling-rule=classpath:none.json")
                .run(ProvisionTest::join);

        assertThat(output)
                .contains("class path resource [none.json] cannot be read. Set cruddur.obs.provision-sampling-rule");
    }

    private String groupFilter(String name) {
        try (XRayClient xray = xray()) {
            return xray.getGroup(request -> request.groupName(name)).group().filterExpression();
        }
    }

    private SamplingRule rule(String name) {
        try (XRayClient xray = xray()) {
            return xray.getSamplingRules(request -> {}).samplingRuleRecords().stream()
                    .map(SamplingRuleRecord::samplingRule)
                    .filter(rule -> rule.ruleName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Integer retention(String name) {
        try (CloudWatchLogsClient logs = CloudWatchLogsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(consoleUrl()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            return logs.describeLogGroups(request -> request.logGroupNamePrefix(name)).logGroups().stream()
                    .filter(group -> group.logGroupName().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .retentionInDays();
        }
    }

    private XRayClient xray() {
        return xray(console.port());
    }

    private static XRayClient xray(int port) {
        return XRayClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }
}
