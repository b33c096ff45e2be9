package io.cruddur.obs.sampling;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules are followed, and in what order. */
class CentralRulesTest {
    private Daemon daemon = new Daemon();

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void beforeTheFirstAnswerOneASecondAndFivePercentOfTheRestAreRecorded() {
        // One, and of the rest ten standard deviations around the mean.
        assertThat(daemon.sampled(100_001, "/")).isBetween(1 + 5_000 - 690, 1 + 5_000 + 690);
        assertThat(daemon.ruleOf("/")).isNull();
    }

    @Test
    void allPagesAreRead() {
        daemon.server()
                .stubFor(post(urlEqualTo(Daemon.RULES))
                        .withRequestBody(equalToJson("{}"))
                        .willReturn(
                                okJson(Daemon.page("2", Rule.named("first", 1).with("URLPath", "/1")))));
        daemon.server()
                .stubFor(post(urlEqualTo(Daemon.RULES))
                        .withRequestBody(matchingJsonPath("$[?(@.NextToken == '2')]"))
                        .willReturn(
                                okJson(Daemon.page(null, Rule.named("second", 2).with("URLPath", "/2")))));

        daemon.poll();

        assertThat(daemon.ruleOf("/1")).isEqualTo("first");
        assertThat(daemon.ruleOf("/2")).isEqualTo("second");
    }

    @Test
    void pagesWithoutEndAreNoRules() {
        daemon.answers(Daemon.RULES, okJson(Daemon.page("again", Rule.standard())));
        daemon.poll();
        assertThat(daemon.ruleOf("/")).isNull();
        assertThat(daemon.calls(Daemon.RULES)).isEqualTo(50);
    }

    @Test
    void theLowestPriorityIsAskedFirstThenTheNameAndTheDefaultLast() {
        Rule all = Rule.standard().with("Priority", 1).with("URLPath", "/nothing");
        daemon.has(
                all,
                Rule.named("late", 9_999).with("URLPath", "/*"),
                Rule.named("b", 7).with("URLPath", "/api/*"),
                Rule.named("a", 7).with("URLPath", "/api/*"),
                Rule.named("early", 2).with("URLPath", "/api/x"));
        daemon.poll();
        assertThat(daemon.ruleOf("/api/x")).isEqualTo("early");
        assertThat(daemon.ruleOf("/api/y")).isEqualTo("a");
        assertThat(daemon.ruleOf("/z")).isEqualTo("late");
        assertThat(daemon.ruleOf("none of these")).isEqualTo("Default");
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceName, backend-*, true",
        "ServiceName, frontend, false",
        "Host, API.example, true",
        "Host, *.com, false",
        "HTTPMethod, P?ST, true",
        "HTTPMethod, GET, false",
        "URLPath, /api/*/comments, true",
        "URLPath, /api, false",
        "ServiceType, AWS::ECS::*, true",
        "ServiceType, AWS::EC2::Instance, false",
        "ResourceARN, arn:aws:ecs:*, true",
        "ResourceARN, arn:aws:ec2:*, false",
    })
    void everyFieldHasItsWildcards(String field, String pattern, boolean matches) {
        daemon.close();
        daemon = new Daemon("AWS::ECS::Container", "arn:aws:ecs:eu-west-1:1:container/1");
        daemon.has(Rule.named("special", 1).with(field, pattern), Rule.standard());
        daemon.poll();
        assertThat(daemon.sampler()
                        .sample("backend-flask", new Request("api.example", "POST", "/api/7/comments"))
                        .rule())
                .isEqualTo(matches ? "special" : "Default");
    }

    @ParameterizedTest
    @CsvSource({"ServiceType, AWS::*", "ResourceARN, arn:*", "Host, ?*", "HTTPMethod, GET", "URLPath, /*"})
    void whatIsNotKnownMatchesOnlyWhatIsContentWithNothing(String field, String pattern) {
        daemon.has(
                Rule.named("special", 1).with(field, pattern),
                Rule.named("any", 2).with(field, "*"),
                Rule.standard());
        daemon.poll();
        assertThat(daemon.sampler().sample("job", null).rule()).isEqualTo("any");
    }

    @Test
    void aRuleThatAsksForAttributesMatchesNothingSinceThereAreNoneYet() {
        daemon.has(Rule.named("special", 1).with("Attributes", Map.of("team", "*")), Rule.standard());
        daemon.poll();
        assertThat(daemon.ruleOf("/")).isEqualTo("Default");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Version, 2",
                "Version, -",
                "Version, '\"1\"'",
                "RuleName, -",
                "RuleName, '\" \"'",
                "Priority, -",
                "Priority, -1",
                "Priority, 1.5",
                "FixedRate, -",
                "FixedRate, -0.1",
                "FixedRate, 1.1",
                "FixedRate, 1e999",
                "FixedRate, '\"NaN\"'",
                "ReservoirSize, -",
                "ReservoirSize, -1",
                "ReservoirSize, 99999999999",
                "ReservoirSize, []",
                "URLPath, -",
                "URLPath, 7",
                "Host, -",
                "HTTPMethod, -",
                "ServiceName, {}",
            })
    void aRuleThatCannotBeReadIsLeftOutAndTheRestIsFollowed(String field, @Nullable String json) {
        Rule bad = Rule.named("bad", 1).without(field);
        String text =
                json == null ? bad.json() : bad.json().replaceFirst("}}?$", "}, \"" + field + "\": " + json + "}");
        daemon.answers(
                Daemon.RULES,
                okJson("{\"SamplingRuleRecords\": [7, {}, {\"SamplingRule\": null}, {\"SamplingRule\": " + text
                        + "}, {\"SamplingRule\": " + Rule.standard().json() + "}]}"));
        daemon.poll();
        assertThat(daemon.ruleOf("/")).isEqualTo("Default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServiceType", "ResourceARN", "Attributes"})
    void whatOlderRulesLackMatchesEverything(String field) {
        daemon.has(Rule.named("special", 1).without(field), Rule.standard());
        daemon.poll();
        assertThat(daemon.ruleOf("/")).isEqualTo("special");
    }

    @Test
    void rulesAreReadAgainAfterFiveMinutes() {
        daemon.has(Rule.standard());
        daemon.poll();
        daemon.has(Rule.named("new", 1), Rule.standard());
        daemon.after(299);
        assertThat(daemon.ruleOf("/")).isEqualTo("Default");
        daemon.after(17);
        assertThat(daemon.ruleOf("/")).isEqualTo("new");
        assertThat(daemon.calls(Daemon.RULES)).isEqualTo(2);
    }

    @Test
    void theSdkDropsANewRuleWhenAnOldOneFollowsIt_oursIsFollowed() {
        Rule old = Rule.named("old", 2);
        daemon.has(old, Rule.standard());
        daemon.poll();
        daemon.has(Rule.named("new", 1), old, Rule.standard());
        daemon.after(316);
        assertThat(daemon.ruleOf("/")).isEqualTo("new");
    }

    @Test
    void rulesAreReadAtOnceAndOnceWhenTheServiceSaysThatOneWasEdited() {
        daemon.has(Rule.standard());
        daemon.poll();
        daemon.has(Rule.named("new", 1), Rule.standard());
        daemon.answers(
                Daemon.TARGETS, okJson("{\"SamplingTargetDocuments\": [], \"LastRuleModification\": 1.700000001E9}"));
        daemon.sampled(1, "/");
        daemon.after(11);
        assertThat(daemon.ruleOf("/")).isEqualTo("new");
        daemon.after(11);
        assertThat(daemon.calls(Daemon.TARGETS)).isEqualTo(2);
        assertThat(daemon.calls(Daemon.RULES)).isEqualTo(2);
    }
}
