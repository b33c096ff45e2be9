package io.cruddur.obs.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.ErrorLevel;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a user says of an error, and where it is found again. */
class ErrorApiTest extends Reporting {

    @Test
    void allThatIsSaidIsInTheItem() {
        String uuid = obs().error(new IllegalStateException("outer", new IOException("inner")))
                .level(ErrorLevel.WARNING)
                .message("while saving")
                .with("activity", "a1")
                .with("tags", List.of("x", "y"))
                .person("u1", "andrew", "andrew@example.com")
                .fingerprint("saving")
                .title("Saving failed")
                .context("POST /api/activities")
                .request(new HttpRequest("POST", "http://h/p?token=", "203.0.113.9", "curl/8", false))
                .report();

        JsonNode item = item();
        assertThat(item.path("uuid").asString()).isEqualTo(uuid).hasSize(36);
        assertThat(item.path("level").asString()).isEqualTo("warning");
        assertThat(item.path("title").asString()).isEqualTo("Saving failed");
        assertThat(item.path("fingerprint").asString()).isEqualTo("saving");
        assertThat(item.path("context").asString()).isEqualTo("POST /api/activities");
        assertThat(item.path("environment").asString()).isEqualTo("production");
        assertThat(item.path("language").asString()).isEqualTo("java");
        assertThat(item.at("/person/id").asString()).isEqualTo("u1");
        assertThat(item.at("/person/email").asString()).isEqualTo("andrew@example.com");
        assertThat(item.at("/custom/activity").asString()).isEqualTo("a1");
        assertThat(item.at("/custom/tags")).hasSize(2);
        assertThat(item.at("/custom/service").asString()).isEqualTo("backend-flask");
        assertThat(item.at("/request/method").asString()).isEqualTo("POST");
        assertThat(item.at("/request/headers/User-Agent").asString()).isEqualTo("curl/8");
        assertThat(item.at("/request/user_ip").isMissingNode()).isTrue();
        assertThat(item.at("/body/trace_chain/0/exception/description").asString())
                .isEqualTo("while saving");
        assertThat(item.at("/body/trace_chain/1/exception/class").asString()).isEqualTo("java.io.IOException");
        assertThat(item.at("/server/host").asString()).isNotEmpty();
        assertThat(item.path("notifier").path("name").asString()).isEqualTo("cruddur-obs");
    }

    @Test
    void nobodyIsNamedWhoWasNotSaid() {
        try (Span span = obs().trace("request").start()) {
            span.user("andrew");
            obs().error("failed").report();
        }
        assertThat(item().path("person").isMissingNode()).isTrue();
    }

    @Test
    void anErrorInATraceIsFoundFromTheTraceAndTheTraceFromTheError() {
        String uuid = obs().trace("request")
                .call(root -> obs().trace("saving")
                        .call(span -> obs().error(new IllegalStateException("no such bean"))
                                .report()));

        JsonNode item = item();
        CapturedSpan saving = traces().named("saving").get(0);
        assertThat(item.at("/custom/xrayTraceId").asString()).isEqualTo(saving.traceId());
        assertThat(item.at("/custom/traceId").asString())
                .isEqualTo(saving.traceId().replaceAll("^1-|-", ""));
        assertThat(item.at("/custom/spanId").asString()).isEqualTo(saving.id());
        assertThat(saving.annotation("rollbar_uuid")).contains(uuid);
        assertThat(saving.isFault()).isTrue();
        assertThat(saving.document().at("/cause/exceptions/0/message").asString())
                .isEqualTo("no such bean");
    }

    @Test
    void anErrorThatIsReportedWhenItsSpanHasEndedHasTheSpansIds() {
        var thrown = new IllegalStateException("no such bean");
        assertThatThrownBy(() -> obs().trace("request")
                        .run(() -> obs().trace("saving").run(() -> {
                            throw thrown;
                        })))
                .isSameAs(thrown);
        obs().error(new RuntimeException("wrapper", thrown)).report();

        JsonNode item = item();
        CapturedSpan saving = traces().named("saving").get(0);
        assertThat(item.at("/custom/xrayTraceId").asString()).isEqualTo(saving.traceId());
        assertThat(item.at("/custom/spanId").asString()).isEqualTo(saving.id());
    }

    @Test
    void anErrorThatIsReportedInAnotherTraceBelongsToThatOne() {
        var thrown = new IllegalStateException("no such bean");
        assertThatThrownBy(() -> obs().trace("first").run(() -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        obs().trace("second").run(() -> obs().error(thrown).report());

        assertThat(item().at("/custom/xrayTraceId").asString())
                .isEqualTo(traces().named("second").get(0).traceId());
    }

    @Test
    void anErrorInATraceThatIsNotRecordedHasItsIdsAndNoLink() {
        obs(builder()
                .sampler(Sampler.never())
                .errors(errors -> errors.consoleUrl(URI.create("http://localhost:2000/"))));
        String id = obs().trace("request").call(span -> {
            obs().error("failed").report();
            return obs().currentTraceContext().xrayTraceId();
        });
        assertThat(item().at("/custom/xrayTraceId").asString()).isEqualTo(id);
        assertThat(item().at("/custom/xrayUrl").isMissingNode()).isTrue();
        assertThat(item().at("/custom/consoleUrl").asString()).isEqualTo("http://localhost:2000/#/traces/" + id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyWhatIsRecordedIsLinkedInXray(boolean recorded) throws IOException {
        try (var daemon = new DaemonReceiver()) {
            obs(Obs.builder()
                    .xrayDaemon(daemon.address())
                    .region("eu-central-1")
                    .sampler(recorded ? Sampler.always() : Sampler.never())
                    .rollbarToken("token-of-this-test")
                    .rollbarEndpoint(receiver.endpoint())
                    .closeOnShutdown(false));
            obs().trace("request").run(() -> obs().error("failed").report());
            assertThat(item().at("/custom/xrayUrl").asString("none"))
                    .matches(recorded ? "https://.*eu-central-1.*" : "none");
        }
    }

    @Test
    void aValueOfTheApplicationsThatIsCalledLikeOneOfOursIsKept() {
        obs().error("failed").with("service", "checkout").with("thread", 7).report();
        assertThat(item().at("/custom/service").asString()).isEqualTo("backend-flask");
        assertThat(item().at("/custom/own.service").asString()).isEqualTo("checkout");
        assertThat(item().at("/custom/own.thread").asInt()).isEqualTo(7);
    }

    @Test
    void theSameExceptionIsReportedOnceUnderOneId() {
        var thrown = new IllegalStateException("once");
        String first = obs().error(thrown).report();
        assertThat(obs().error(new RuntimeException("wrapper", thrown)).report())
                .isEqualTo(first);
        assertThat(obs().error(thrown).level(ErrorLevel.CRITICAL).report()).isEqualTo(first);
        assertThat(items()).hasSize(1);
        assertThat(obs().errorCounts().repeated()).isEqualTo(2);
    }

    @Test
    void classesDecideWhatIsIgnoredAndHowBadItIs() {
        obs(errors -> errors.ignore("java.io.IOException")
                .level("java.lang.RuntimeException", ErrorLevel.WARNING)
                .level("java.lang.IllegalStateException", ErrorLevel.CRITICAL));
        obs().error(new java.io.FileNotFoundException("of a class below")).report();
        obs().error(new IllegalArgumentException("below RuntimeException")).report();
        obs().error(new IllegalStateException("the nearer one counts")).report();
        obs().error(new IllegalStateException("said")).level(ErrorLevel.INFO).report();
        assertThat(items())
                .extracting(item -> item.path("level").asString())
                .containsExactly("warning", "critical", "info");
        assertThat(obs().errorCounts().ignored()).isOne();
    }

    @Test
    void aClientsFailureIsNotReportedUnlessItIsAskedFor() {
        obs().error(new IllegalStateException("not found")).status(404).report();
        obs().error(new IllegalStateException("broken")).status(500).report();
        assertThat(items()).hasSize(1);
    }

    @Test
    void whatAFilterThrowsCostsNothing() {
        obs(errors -> errors.filter(throwable -> !"expected".equals(throwable.getMessage()))
                .filter(throwable -> {
                    throw new IllegalStateException("in the filter");
                }));
        obs().error(new RuntimeException("expected")).report();
        obs().error(new RuntimeException("unexpected")).report();
        assertThat(items()).hasSize(1);
    }

    @Test
    void beforeItIsSentAnItemMayBeChangedOrLeftOut() {
        obs(errors -> errors.beforeSend(item -> {
                    if ("secret".equals(item.message())) {
                        item.drop();
                    }
                    item.with("tenant", "t1")
                            .level(ErrorLevel.DEBUG)
                            .title("changed")
                            .person("p1");
                })
                .beforeSend(item -> {
                    throw new AssertionError("in the customizer");
                }));
        obs().error("secret").report();
        obs().error("shown").report();
        JsonNode item = item();
        assertThat(item.at("/custom/tenant").asString()).isEqualTo("t1");
        assertThat(item.path("level").asString()).isEqualTo("debug");
        assertThat(item.path("title").asString()).isEqualTo("changed");
        assertThat(item.at("/person/id").asString()).isEqualTo("p1");
        assertThat(obs().errorCounts().ignored()).isOne();
    }

    @Test
    void whatStandsForFoldedErrorsIsChangedOrLeftOutAsAnyOther() {
        obs(errors -> errors.maxPerMinute(1).beforeSend(item -> {
            item.person("p1");
            if ("secret".equals(item.message())) {
                item.drop();
            }
        }));
        for (int i = 0; i < 5; i++) {
            obs().error("shown").report();
            obs().error("secret").report();
        }
        assertThat(obs().errorCounts().folded()).isEqualTo(4);
        assertThat(obs().errorCounts().ignored()).isEqualTo(5);
        obs().close();
        assertThat(receiver.items())
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.at("/person/id").asString()).isEqualTo("p1"));
    }

    @Test
    void aFutureThatFailsIsReportedWithTheTraceInWhichItWasMade() {
        var work = new CompletableFuture<String>();
        String id = obs().trace("request").call(span -> {
            assertThat(obs().reportFailure(work.thenApply(String::length))).isNotDone();
            return obs().currentTraceContext().xrayTraceId();
        });
        work.completeExceptionally(new IOException("the other side is gone"));
        assertThat(item().at("/custom/xrayTraceId").asString()).isEqualTo(id);
        assertThat(item().at("/body/trace/exception/class").asString()).isEqualTo("java.io.IOException");
    }

    @Test
    void aFutureThatIsCancelledDidNotFail() {
        var work = new CompletableFuture<String>();
        CompletableFuture<String> seen = obs().reportFailure(work);
        assertThat(work.cancel(true)).isTrue();
        assertThatThrownBy(seen::join).isInstanceOfAny(CancellationException.class, RuntimeException.class);
        assertThat(items()).isEmpty();
    }

    @Test
    void whatAScheduledTaskThrowsIsReportedAndThrownOn() throws Exception {
        var scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            var task = obs().wrap(scheduler)
                    .scheduleAtFixedRate(
                            () -> {
                                throw new IllegalStateException("each night");
                            },
                            0,
                            1,
                            TimeUnit.DAYS);
            assertThatThrownBy(task::get).hasRootCauseMessage("each night");
        } finally {
            scheduler.shutdownNow();
        }
        assertThat(item().path("is_uncaught").asBoolean()).isTrue();
    }

    @Test
    void whatIsOverTheLimitIsFoldedAndToldOf() {
        obs(errors -> errors.maxPerMinute(3));
        String last = "";
        for (int i = 0; i < 10; i++) {
            last = obs().error(new IllegalStateException("number " + i)).report();
        }
        assertThat(items()).hasSize(3);
        assertThat(obs().errorCounts().folded()).isEqualTo(7);

        obs().close();

        assertThat(receiver.items()).hasSize(4);
        JsonNode told = receiver.items().get(3);
        assertThat(told.at("/custom/folded/count").asLong()).isEqualTo(7);
        assertThat(told.path("uuid").asString()).isEqualTo(last);
        assertThat(told.at("/body/trace/exception/description").asString()).startsWith("7 more like this");
        assertThat(told.at("/body/trace/frames")).isNotEmpty();
    }

    @Test
    void aFoldedErrorMarksItsSpanAndLeadsToTheItemThatTellsOfIt() {
        obs(errors -> errors.maxPerMinute(1));
        obs().error("first").report();
        var ids = new String[2];
        for (int i = 0; i < 2; i++) {
            int at = i;
            obs().trace("request " + i)
                    .run(() -> ids[at] =
                            obs().error(new IllegalStateException("again")).report());
        }
        CapturedSpan folded = traces().named("request 1").get(0);
        assertThat(folded.isFault()).isTrue();
        assertThat(folded.annotation("rollbar_uuid")).contains(ids[1]);
        assertThat(ids[1]).isNotEqualTo(ids[0]);
    }

    @Test
    void ownFramesAreTheOnesUnderTheRoot() {
        obs(errors -> errors.appPackages("io.cruddur").root("backend/src/main/java"));
        obs().error(new IllegalStateException("here")).report();
        JsonNode item = item();
        assertThat(item.at("/server/root").asString()).isEqualTo("backend/src/main/java");
        JsonNode frames = item.at("/body/trace/frames");
        assertThat(frames.get(frames.size() - 1).path("filename").asString())
                .isEqualTo("backend/src/main/java/io/cruddur/obs/errors/ErrorApiTest.java");
        assertThat(frames.get(0).path("filename").asString()).doesNotContain("/");
    }

    @Test
    void thereAreNoThreadsInAnItemUnlessTheyAreAskedFor() {
        obs(errors -> errors.threadDump(true));
        obs().error("asked for").report();
        assertThat(item().at("/custom/threads")).isNotEmpty();
    }

    @Test
    void whileItIsOffAnErrorHasAnIdAndGoesNowhere() {
        try (Obs off = Obs.off()) {
            assertThat(off.error("nowhere").with("k", Map.of()).report()).hasSize(36);
            assertThat(off.errorCounts().reported()).isZero();
        }
    }
}
