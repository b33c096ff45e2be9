package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.ObsExtension;
import io.cruddur.obs.trace.Sampler;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Ours, by what X-Ray gets of it. */
class ObsTracerContractTest extends TracerContract {
    private static final Map<String, String> DIFFERENCES = Map.of(
            "everySpanOfATraceThatIsNotRecordedHasAnIdOfItsOwn",
                    "what is not recorded costs nothing: one span id stands for all that this process does in the trace",
            "aSpanThatIsAbandonedIsNotReported",
                    "a span has its place in the tree from its beginning and may have children; it ends, and is sent",
            "theKindIsKept",
                    "X-Ray knows segments and calls to other services: see aClientSpanIsACallAndAServerSpanASegment",
            "theServiceThatIsCalledIsKept",
                    "X-Ray's service map goes by names: see aCallIsNamedByTheServiceThatIsCalled",
            "aCallBeginsATraceWhereNothingIsCurrent",
                    "a health check's calls are no traces, as with SQL and AWS: see aCallOutsideOfATraceIsNotRecorded");

    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create().leavingSpansOpen();

    private @Nullable Tracer tracer;
    private @Nullable Obs unsampled;

    @Override
    Map<String, String> differences() {
        return DIFFERENCES;
    }

    @Override
    Tracer tracer() {
        Tracer present = tracer;
        if (present == null) {
            tracer = present =
                    MicrometerBridge.tracer(telemetry.obs(), new BaggageFields(List.of(), List.of(TAGGED)), false);
        }
        return present;
    }

    @Override
    Tracer unsampledTracer() {
        unsampled = Obs.builder().sampler(Sampler.never()).build();
        return MicrometerBridge.tracer(unsampled);
    }

    @AfterEach
    void closeUnsampled() {
        if (unsampled != null) {
            unsampled.close();
        }
    }

    @Override
    Propagator propagator() {
        return MicrometerBridge.propagator(tracer());
    }

    @Override
    List<FinishedSpanView> finished() {
        return telemetry.traces().spans().stream()
                .filter(span -> !span.isInProgress())
                .map(ObsTracerContractTest::view)
                .toList();
    }

    private static FinishedSpanView view(CapturedSpan span) {
        JsonNode document = span.document();
        var tags = new HashMap<String, Object>();
        document.path("annotations")
                .properties()
                .forEach(each -> tags.put(each.getKey(), each.getValue().asString()));
        var events = new ArrayList<String>();
        document.path("metadata").path("events").forEach(event -> events.add(event.asString()));
        var links = new ArrayList<String>();
        document.path("links")
                .forEach(link -> links.add(w3c(link.path("trace_id").asString())
                        + '-'
                        + link.path("id").asString()));
        return new FinishedSpanView(
                span.name(),
                w3c(span.traceId()),
                span.id(),
                span.parentId().orElse(null),
                tags,
                document.path("namespace").asString(null),
                events,
                document.path("cause")
                        .path("exceptions")
                        .path(0)
                        .path("message")
                        .asString(null),
                links,
                Math.round(span.startTime() * 1_000_000),
                Math.round(document.path("end_time").asDouble() * 1_000_000));
    }

    private static String w3c(String xray) {
        return xray.replaceFirst("^1-", "").replace("-", "");
    }

    @Test
    void aClientSpanIsACallAndAServerSpanASegment() {
        Span server =
                tracer().spanBuilder().name("server").kind(Span.Kind.SERVER).start();
        for (Span.Kind kind : List.of(Span.Kind.CLIENT, Span.Kind.PRODUCER)) {
            tracer().spanBuilder()
                    .setParent(server.context())
                    .name(kind.name())
                    .kind(kind)
                    .start()
                    .end();
        }
        server.end();
        assertThat(named("server").kind()).isNull();
        assertThat(named("server").parentId()).isNull();
        assertThat(named("CLIENT").kind()).isEqualTo("remote");
        assertThat(named("PRODUCER").kind()).isEqualTo("remote");
    }

    @Test
    void aCallOutsideOfATraceIsNotRecorded() {
        Span call = tracer().spanBuilder().name("call").kind(Span.Kind.CLIENT).start();
        assertThat(call.isNoop()).isTrue();
        var headers = new HashMap<String, String>();
        propagator().inject(call.context(), headers, (carrier, name, value) -> headers.put(name, value));
        assertThat(headers).isEmpty();
        try (Tracer.SpanInScope scope = tracer().withSpan(call)) {
            assertThat(tracer().currentSpan()).isNull();
            tracer().spanBuilder()
                    .setParent(call.context())
                    .name("inside")
                    .kind(Span.Kind.CLIENT)
                    .start()
                    .end();
        }
        call.end();
        assertThat(finished()).isEmpty();

        tracer().spanBuilder()
                .setNoParent()
                .name("asked for")
                .kind(Span.Kind.CLIENT)
                .start()
                .end();
        assertThat(only().name()).isEqualTo("asked for");
    }

    @Test
    void aCallIsNamedByTheServiceThatIsCalled() {
        inSpan(span -> tracer().spanBuilder()
                .name("get")
                .kind(Span.Kind.CLIENT)
                .remoteServiceName("billing")
                .start()
                .end());
        assertThat(named("billing").tags()).containsEntry("operation", "get");
    }

    @Test
    void chosenBaggageIsATagOfTheSpansThatBeginWithItAsWell() {
        inSpan(span -> {
            try (BaggageInScope baggage = tracer().createBaggageInScope(TAGGED, "yes")) {
                tracer().nextSpan().name("child").start().end();
            }
        });
        assertThat(named("child").tags()).containsEntry(TAGGED, "yes");
    }

    @Test
    void anUnrecordedTraceHasOneSpanId() {
        Span span = unsampledTracer().nextSpan().start();
        assertThat(span.context().spanId()).matches("[0-9a-f]{16}");
    }

    @Test
    void anAbandonedSpanEnds() {
        tracer().nextSpan().name("abandoned").start().abandon();
        assertThat(only().name()).isEqualTo("abandoned");
    }
}
