package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.trace.SamplingDecision;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How a trace begins in this process: anew, or as its caller says. */
class LocalRootTest extends TracingToADaemon {

    @Test
    void anInboundHeaderIsContinued() throws IOException {
        String root = "1-5759e988-bd862e3fe1be46a994272793";
        obs.trace("amzn")
                .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=" + root + ";Parent=53995c3f42cd8ad8;Sampled=1")::get)
                .run(() -> {});
        JsonNode amzn = daemon.next();
        assertThat(amzn.path("trace_id").asString()).isEqualTo(root);
        assertThat(amzn.path("parent_id").asString()).isEqualTo("53995c3f42cd8ad8");
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String outbound = obs.trace("w3c")
                .continueFrom(Map.of("traceparent", traceparent)::get)
                .call(span -> span.context().toTraceparent());
        assertThat(daemon.next().path("trace_id").asString()).isEqualTo("1-4bf92f35-77b34da6a3ce929d0e0e4736");
        assertThat(outbound).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-").endsWith("-01");
    }

    @Test
    void aMalformedHeaderStartsANewTraceAndIsCounted() throws IOException {
        obs.trace("root")
                .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-zz")::get)
                .run(() -> {});
        assertThat(daemon.next().has("parent_id")).isFalse();
        assertThat(obs.ignoredTraceHeaders()).isEqualTo(1);
    }

    @Test
    void anUnsampledTraceHasRealIdsAndSendsNothing() throws IOException {
        try (Obs unsampled = Obs.builder()
                .xrayDaemon(daemon.address())
                .sampler(Sampler.never())
                .build()) {
            unsampled.trace("root").run(root -> {
                TraceContext context = unsampled.currentTraceContext();
                assertThat(context.isValid()).isTrue();
                assertThat(context.sampled()).isFalse();
                assertThat(context.toXAmznTraceId()).endsWith(";Sampled=0");
                assertThat(root.context()).isEqualTo(context);
                unsampled.trace("child").run(child -> {
                    assertThat(child.isRecording()).isFalse();
                    assertThat(child.context()).isEqualTo(context);
                });
                assertThat(unsampled.currentTraceContext()).isEqualTo(context);
            });
            assertThat(unsampled.currentTraceContext().isValid()).isFalse();
            assertThat(unsampled.flush(SOON).sinks().get(0).accepted()).isZero();
        }
        assertThat(daemon.isEmpty()).isTrue();
    }

    @Test
    void beyondTheCapATrustedDecisionGivesWayToTheSampler() {
        var asked = new AtomicInteger();
        try (Obs capped = Obs.builder()
                .xrayDaemon(daemon.address())
                .inboundSampledPerSecond(0)
                .sampler((name, request) -> SamplingDecision.of(asked.incrementAndGet() < 0))
                .build()) {
            boolean recorded = capped.trace("root")
                    .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")::get)
                    .call(Span::isRecording);
            assertThat(recorded).isFalse();
            assertThat(asked).hasValue(1);
            boolean refused = capped.trace("root")
                    .continueFrom(Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0")::get)
                    .call(Span::isRecording);
            assertThat(refused).isFalse();
            assertThat(asked).as("a caller's no needs no sampler").hasValue(1);
        }
    }
}
