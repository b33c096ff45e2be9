package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.propagation.PropagationFormat;
import io.cruddur.obs.trace.Sampler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace from one process to the next, as an application sees it. */
@Timeout(60)
class PropagationTest {
    private DaemonReceiver daemon;
    private Obs obs;

    @BeforeEach
    void start() throws IOException {
        daemon = new DaemonReceiver();
        obs = obs(Sampler.always());
    }

    private Obs obs(Sampler sampler) {
        return builder().sampler(sampler).build();
    }

    private ObsBuilder builder() {
        return Obs.builder().xrayDaemon(daemon.address());
    }

    private static Map<String, String> injected(Obs from) {
        var headers = new HashMap<String, String>();
        from.inject(headers::put);
        return headers;
    }

    @AfterEach
    void stop() {
        assertThat(obs.currentTraceContext().isValid()).isFalse();
        obs.close();
        daemon.close();
    }

    @Test
    void whatIsCurrentIsWrittenInXraysAndW3csForm() {
        obs.trace("root")
                .run(() -> obs.trace("child").run(child -> {
                    TraceContext context = child.context();
                    assertThat(injected(obs))
                            .containsOnly(
                                    entry("X-Amzn-Trace-Id", context.toXAmznTraceId()),
                                    entry("traceparent", context.toTraceparent()));
                    assertThat(context.toTraceparent()).endsWith(context.spanId() + "-03");
                }));
    }

    @Test
    void nothingIsWrittenWhereNothingIsCurrent() {
        obs.putBaggage("a", "1");
        assertThat(injected(obs)).isEmpty();
        assertThat(obs.baggage()).isEmpty();
        try (Obs off = Obs.off()) {
            off.trace("root").run(() -> {
                off.putBaggage("a", "1");
                assertThat(injected(off)).isEmpty();
                assertThat(off.baggage()).isEmpty();
            });
            assertThat(off.ignoredTraceHeaders()).isZero();
        }
    }

    @Test
    void itFitsTheJdksRequest() {
        obs.trace("call").client().run(span -> {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/"));
            obs.inject(request::setHeader);
            assertThat(request.build().headers().firstValue("traceparent"))
                    .hasValue(span.context().toTraceparent());
        });
    }

    @Test
    void aSetterThatThrowsBreaksNoCall() {
        obs.trace("call")
                .run(() -> obs.inject((name, value) -> {
                    throw new IllegalStateException("committed");
                }));
    }

    @Test
    void aCallerThatCannotBeReadBreaksNoRequest() {
        obs.trace("root")
                .continueFrom(name -> {
                    throw new IllegalStateException("recycled");
                })
                .run(span -> assertThat(span.isRecording()).isTrue());
        assertThat(obs.ignoredTraceHeadersByName()).containsOnly(entry("unreadable", 1L));
    }

    @ParameterizedTest
    @EnumSource
    void aTraceInAnyFormatIsGoneOnWith(PropagationFormat format) {
        try (Obs sender =
                builder().propagation(Propagation.DEFAULT.writing(format)).build()) {
            for (Obs from : new Obs[] {sender, obs}) {
                from.trace("out").run(out -> {
                    Map<String, String> headers = injected(from);
                    obs.trace("in").newTrace().continueFrom(headers::get).run(in -> {
                        assertThat(in.context().traceId())
                                .isEqualTo(out.context().traceId());
                        assertThat(in.isRecording()).isTrue();
                    });
                });
            }
        }
    }

    @Test
    void theRandomFlagIsHandedOnAsItCame() {
        String id = "4bf92f3577b34da6a3ce929d0e0e4736";
        for (String flags : new String[] {"01", "03"}) {
            Map<String, String> in = Map.of("traceparent", "00-" + id + "-00f067aa0ba902b7-" + flags);
            obs.trace("root").continueFrom(in::get).run(root -> {
                assertThat(injected(obs).get("traceparent")).endsWith("-" + flags);
                assertThat(root.context().toTraceparent()).endsWith("-" + flags);
            });
        }
        obs.trace("root")
                .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")::get)
                .run(root -> assertThat(root.context().toTraceparent()).endsWith("-01"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoHopsLoseNothing(boolean sampled) {
        Map<String, String> first = Map.of(
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03",
                "tracestate", "rojo=1",
                "baggage", "user=a%20b;ttl=5");
        try (Obs hop = obs(sampled ? Sampler.always() : Sampler.never());
                Obs capped = builder()
                        .sampler(Sampler.never())
                        .inboundSampledPerSecond(sampled ? 9 : 0)
                        .build()) {
            capped.trace("first").continueFrom(first::get).run(() -> {
                Map<String, String> second = injected(capped);
                hop.trace("second").newTrace().continueFrom(second::get).run(span -> {
                    assertThat(span.isRecording()).isEqualTo(sampled);
                    assertThat(injected(hop))
                            .containsEntry("tracestate", "rojo=1")
                            .containsEntry("baggage", "user=a%20b;ttl=5")
                            .containsEntry("traceparent", span.context().toTraceparent());
                    assertThat(span.context().toTraceparent()).endsWith(sampled ? "-03" : "-02");
                    assertThat(hop.baggage()).containsExactly(entry("user", "a b"));
                });
            });
        }
    }

    @Test
    void baggageHoldsUntilItsEntryIsOver() {
        obs.trace("root").run(() -> {
            obs.trace("child").run(() -> obs.putBaggage("a", "1"));
            obs.putBaggage("b", "2");
            obs.putBaggage("c", "3");
            obs.putBaggage("b", null);
            assertThat(obs.baggage()).containsExactly(entry("a", "1"), entry("c", "3"));
            obs.trace("other").newTrace().run(() -> assertThat(obs.baggage()).isEmpty());
            assertThat(injected(obs)).containsEntry("baggage", "a=1,c=3");
        });
        assertThat(obs.baggage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void baggageFollowsAWrappedTask(boolean sampled) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Obs with = obs(sampled ? Sampler.always() : Sampler.never());
                Span root = with.trace("root").start()) {
            with.putBaggage("a", "1");
            Map<String, String> there = pool.submit(with.wrap(() -> {
                        Map<String, String> seen = with.baggage();
                        with.putBaggage("b", "2");
                        return seen;
                    }))
                    .get();
            assertThat(there).containsExactly(entry("a", "1"));
            assertThat(with.baggage()).as("a task's own").doesNotContainKey("b");
            assertThat(pool.submit(with::baggage).get()).isEmpty();
            assertThat(root.isRecording()).isEqualTo(sampled);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void baggageCannotBeChangedFromOutside() {
        obs.trace("root").run(() -> {
            obs.putBaggage("a", "1");
            Map<String, String> before = obs.baggage();
            obs.putBaggage("a", "2");
            assertThat(before).containsExactly(entry("a", "1")).isUnmodifiable();
        });
    }

    @Test
    void whatDoesNotFitIsLeftOutAndNoHeaderCanBeForged() {
        obs.trace("root").run(() -> {
            obs.putBaggage("kept", "a\r\nX-Admin: 1,b=2;\u00e9\u0000");
            obs.putBaggage("a\r\nX-Admin", "1");
            obs.putBaggage("large", "x".repeat(9_000));
            for (int i = 0; i < 100; i++) {
                obs.putBaggage("k" + i, "v");
            }
            assertThat(obs.baggage()).hasSize(64).containsKey("k62").doesNotContainKeys("k63", "large");
            assertThat(injected(obs).get("baggage")).startsWith("kept=a%0D%0AX-Admin:%201%2Cb=2%3B%C3%A9%00,k0=v,");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aQuestionAsksTheSampler(boolean answer) {
        try (Obs asked = obs(answer ? Sampler.always() : Sampler.never())) {
            boolean recorded = asked.trace("root")
                    .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=?")::get)
                    .call(Span::isRecording);
            assertThat(recorded).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-d"})
    void aDebugFlagIsAWishUnderTheCap(String b3) {
        try (Obs capped = builder()
                        .sampler(Sampler.never())
                        .inboundSampledPerSecond(1)
                        .build();
                Obs none = builder()
                        .sampler(Sampler.never())
                        .inboundSampledPerSecond(0)
                        .build()) {
            assertThat((boolean) capped.trace("root")
                            .continueFrom(Map.of("b3", b3)::get)
                            .call(Span::isRecording))
                    .isTrue();
            assertThat((boolean) none.trace("root")
                            .continueFrom(Map.of("b3", b3)::get)
                            .call(Span::isRecording))
                    .isFalse();
        }
    }
}
