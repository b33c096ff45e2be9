package io.cruddur.obs.logback;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.cruddur.obs.Obs;
import io.cruddur.obs.log.LogSignals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AppenderInXmlTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final WireMockExtension SERVICE = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @BeforeEach
    void answer() {
        SERVICE.stubFor(post(urlEqualTo("/")).willReturn(okJson("{}")));
    }

    @AfterEach
    void nothingStaysOpen() {
        LogSignals.discardEarly();
        assertThat(LogSignals.isOpen()).isFalse();
    }

    private static String toTheService(String more) {
        return """
                <service>backend</service><environment>test</environment><group>/cruddur/backend</group>
                <stream>one</stream><region>eu-central-1</region><anonymous>true</anonymous>
                <endpoint>%s</endpoint>""".formatted(SERVICE.baseUrl()) + more;
    }

    private static List<String> sent() {
        var lines = new ArrayList<String>();
        for (var request : SERVICE.findAll(postRequestedFor(urlEqualTo("/")))) {
            JsonNode call = MAPPER.readTree(request.getBodyAsString());
            assertThat(call.path("logGroupName").asString()).isEqualTo("/cruddur/backend");
            call.path("logEvents")
                    .forEach(event -> lines.add(event.path("message").asString()));
        }
        return lines;
    }

    /** The SDK's client is made with the first batch, and an end of the appender has but 5 s. */
    private static void awaitSent(int lines) {
        await().atMost(PATIENCE).until(() -> sent().size() == lines);
    }

    @Test
    void withSettingsItShipsByItselfAndFlushesWhenItIsStopped() {
        try (var configured = Configured.with(toTheService(""))) {
            configured.logger("app.Home").info("the first");
            awaitSent(1);
            configured.logger("app.Home").info("hello");
            assertThat(configured.warnings()).isEmpty();
        }
        assertThat(sent()).hasSize(2).last().satisfies(line -> {
            JsonNode json = MAPPER.readTree(line);
            assertThat(json.path("message").asString()).isEqualTo("hello");
            assertThat(json.path("service").asString()).isEqualTo("backend");
            assertThat(json.path("environment").asString()).isEqualTo("test");
        });
    }

    @Test
    void formatNamesAndBoundsMayBeSetThere() {
        String settings = "<format>ecs</format><fieldName>message = msg</fieldName>"
                + "<maxMessageBytes>1000</maxMessageBytes><callerData>true</callerData>"
                + "<foldedFrames>app.</foldedFrames><rootCauseFirst>true</rootCauseFirst>";
        try (var configured = Configured.with(toTheService(settings))) {
            configured.logger("app.Home").info("x".repeat(5_000));
            assertThat(configured.warnings()).isEmpty();
            awaitSent(1);
        }
        JsonNode line = MAPPER.readTree(sent().get(0));
        assertThat(line.path("msg").asString()).hasSizeLessThanOrEqualTo(1_000).contains("(5000 characters)");
        assertThat(line.path("log.level").asString()).isEqualTo("INFO");
        assertThat(line.path("log.origin.function").asString()).contains("formatNamesAndBoundsMayBeSetThere");
    }

    @Test
    void whatTheServiceDoesNotTakeWaitsInTheSpoolForTheNextStart(@TempDir Path directory) {
        String spooled = toTheService("<spool>write-ahead</spool><spoolDirectory>" + directory + "</spoolDirectory>");
        SERVICE.stubFor(post(urlEqualTo("/")).willReturn(serverError()));
        try (var configured = Configured.with(spooled)) {
            configured.logger("app.Home").info("kept");
            assertThat(configured.warnings()).isEmpty();
        }
        assertThat(directory.resolve("backend")).isNotEmptyDirectory();
        SERVICE.resetAll();
        answer();
        try (var configured = Configured.with(spooled)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(sent()).singleElement().asString().contains("\"kept\""));
            assertThat(configured.warnings()).isEmpty();
        }
    }

    @Test
    void aPatternMakesPlainLinesOfIt() {
        try (var configured = Configured.with(toTheService("<pattern>%-5level %logger - %msg%n</pattern>"))) {
            configured.logger("app.Home").info("hello\nforged");
            awaitSent(1);
        }
        assertThat(sent()).containsExactly("INFO  app.Home - hello\\u000aforged");
    }

    @Test
    void aWrongSettingIsAClearStatusAndTheApplicationGoesOn() {
        assertWarning("<endpoint>localhost:2000</endpoint>", "<endpoint> is not valid. The valid form is an http");
        assertWarning("<format>xml</format>", "<format> is 'xml'. The valid form is one of [JSON, ECS]");
        assertWarning("<maxMessageBytes>64KB</maxMessageBytes>", "<maxMessageBytes> is '64KB'");
        assertWarning("<maxMessageBytes>12</maxMessageBytes>", "maxMessageBytes is 256 to 4194304; it was 12.");
        assertWarning("<maxMessageBytes>4194305</maxMessageBytes>", "is 256 to 4194304; it was 4194305.");
        assertWarning("<spool>disk</spool>", "<spool> is 'disk'. The valid form is off, overflow or write-ahead.");
        assertWarning("<callerData>yes</callerData>", "<callerData> is 'yes'. The valid form is true or false");
        assertWarning("<fieldName>msg</fieldName>", "<fieldName> is 'msg'");
        assertWarning("<fieldName>mesage=msg</fieldName>", "no field 'mesage'");
        assertWarning("<group>a b</group>", "log group 'a b' is not valid");
        try (var configured = Configured.with("<group>backend</group>")) {
            assertThat(configured.warnings()).anyMatch(said -> said.contains("<service> is missing"));
        }
    }

    private static void assertWarning(String setting, String words) {
        try (var configured = Configured.with("<service>backend</service>" + setting)) {
            configured.logger("app.Home").info("goes on");
            assertThat(configured.warnings()).anyMatch(said -> said.contains(words));
        }
    }

    @Test
    void withoutSettingsItKeepsTheFirstLinesForTheObsThatIsBuiltLater() {
        try (var configured = Configured.with(Configured.BARE)) {
            configured.logger("app.Main").info("first");
            configured.logger("app.Main").info("second");
            try (var taken = new Taken()) {
                configured.logger("app.Main").info("third");
                assertThat(taken.messages()).containsExactly("first", "second", "third");
                assertThat(taken.lost).isEmpty();
            }
            configured.logger("app.Main").info("nobody takes it");
        }
    }

    @Test
    void whereObsIsOffNothingIsKept() {
        try (var configured = Configured.with(Configured.BARE)) {
            configured.logger("app.Main").info("first");
            Obs.off().close();
            configured.logger("app.Main").info("second");
            try (var taken = new Taken()) {
                assertThat(taken.messages()).isEmpty();
                assertThat(taken.lost).isEmpty();
            }
        }
    }

    @Test
    void whatDoesNotFitIntoTheBufferIsCounted() {
        try (var configured = Configured.with(Configured.BARE)) {
            for (int i = 0; i < 5_000; i++) {
                configured.logger("app.Main").info("line {}", i);
            }
            try (var taken = new Taken()) {
                assertThat(taken.messages()).hasSizeGreaterThanOrEqualTo(4_096).startsWith("line 0", "line 1");
                assertThat(taken.lost).containsEntry("early_overflow", 5_000 - 4_096);
            }
        }
        try (var configured = Configured.with(Configured.BARE)) {
            for (int i = 0; i < 200; i++) {
                configured.logger("app.Main").info("x".repeat(60_000));
            }
            try (var taken = new Taken()) {
                assertThat(taken.records).hasSizeLessThan(40);
                assertThat(taken.records.size() + taken.lost.getOrDefault("early_overflow", 0))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whereBothExistTheApplicationsTakesTheEventsAndThatIsSaidOnce() {
        try (var configured = Configured.with(toTheService(""))) {
            configured.logger("app.Home").info("own");
            awaitSent(1);
            try (var taken = new Taken()) {
                configured.logger("app.Home").info("the application's");
                configured.logger("app.Home").info("again");
                assertThat(taken.messages()).containsExactly("the application's", "again");
            }
            configured.logger("app.Home").info("own again");
            assertThat(configured.warnings().stream().filter(said -> said.contains("The application has an Obs")))
                    .hasSize(1);
        }
        assertThat(sent())
                .extracting(line -> MAPPER.readTree(line).path("message").asString())
                .containsExactly("own", "own again");
    }

    @Test
    void theSignalThatWasOpenedLastTakesTheEventsAndThenTheOneBefore() {
        try (var configured = Configured.with(Configured.BARE);
                var first = new Taken()) {
            try (var second = new Taken()) {
                configured.logger("app.Home").info("to the second");
                assertThat(second.messages()).containsExactly("to the second");
            }
            configured.logger("app.Home").info("to the first");
            assertThat(first.messages()).containsExactly("to the first");
        }
    }
}
