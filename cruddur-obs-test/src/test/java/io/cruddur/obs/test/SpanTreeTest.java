package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.Span;
import io.cruddur.obs.trace.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is recorded on one thread, from the API to the wire. */
class SpanTreeTest extends TracingToADaemon {

    @Test
    void twoSpansArriveNested() throws IOException {
        int number = obs.trace("notifications_activities")
                .annotate("URI", "/api/activities/notifications")
                .call(parent -> obs.trace("returning_mock_data").call(child -> {
                    child.metadata("notification results", Map.of("number", 3));
                    return 3;
                }));
        assertThat(number).isEqualTo(3);
        JsonNode segment = daemon.next();
        assertThat(segment.path("name").asString()).isEqualTo("notifications_activities");
        assertThat(segment.at("/annotations/URI").asString()).isEqualTo("/api/activities/notifications");
        JsonNode child = segment.at("/subsegments/0");
        assertThat(child.path("name").asString()).isEqualTo("returning_mock_data");
        assertThat(child.at("/metadata/default/notification results/number").asInt())
                .isEqualTo(3);
        assertThat(child.path("start_time").asDouble())
                .isGreaterThanOrEqualTo(segment.path("start_time").asDouble());
        assertThat(child.path("end_time").asDouble())
                .isLessThanOrEqualTo(segment.path("end_time").asDouble());
    }

    @Test
    void childrenKeepTheOrderInWhichTheyBegan() throws IOException {
        obs.trace("root").run(() -> {
            for (int i = 0; i < 5; i++) {
                obs.trace("child" + i).run(() -> obs.trace("grandchild").run(() -> {}));
            }
        });
        List<String> names = new ArrayList<>();
        daemon.next().path("subsegments").forEach(child -> {
            names.add(child.path("name").asString());
            assertThat(child.path("subsegments")).hasSize(1);
        });
        assertThat(names).containsExactly("child0", "child1", "child2", "child3", "child4");
    }

    @Test
    void closingTwiceSendsOnce() throws IOException {
        Span span = obs.trace("once").start();
        span.close();
        span.close();
        assertThat(obs.flush(SOON).sinks().get(0).accepted()).isEqualTo(1);
        daemon.next();
        assertThat(daemon.isEmpty()).isTrue();
    }

    @Test
    void closeEndsThisSpanAndNotTheCurrentOne() throws IOException {
        Span root = obs.trace("root").start();
        Span outer = obs.trace("outer").start();
        Span inner = obs.trace("inner").start();
        outer.close();
        assertThat(obs.currentSpan()).isSameAs(inner);
        Span sibling = obs.trace("inside inner").start();
        sibling.close();
        inner.close();
        assertThat(obs.currentSpan()).isSameAs(root);
        root.close();
        JsonNode document = daemon.next();
        assertThat(document.at("/subsegments/0/subsegments/0/subsegments/0/name")
                        .asString())
                .isEqualTo("inside inner");
    }

    @Test
    void aSpanThatIsNeverClosedDoesNotHoldItsThreadWhenItsRootEnds() throws IOException {
        Span root = obs.trace("first request").start();
        Span leaked = obs.trace("leaked").start();
        root.close();
        assertThat(obs.currentTraceContext().isValid()).isFalse();
        obs.trace("second request")
                .run(second -> assertThat(second.context().traceId())
                        .isNotEqualTo(root.context().traceId()));
        assertThat(daemon.next().path("name").asString()).isEqualTo("second request");
        leaked.close();
    }

    @Test
    void anExceptionIsOnItsOwnSpanAndThrownOn() throws IOException {
        var failure = new IOException("disk", new IllegalStateException("why"));
        assertThatThrownBy(() -> obs.trace("root").run(() -> {
                    obs.trace("child").run(() -> {
                        throw failure;
                    });
                }))
                .isSameAs(failure);
        JsonNode child = daemon.next().at("/subsegments/0");
        assertThat(child.path("fault").asBoolean()).isTrue();
        JsonNode exceptions = child.at("/cause/exceptions");
        assertThat(exceptions.at("/0/type").asString()).isEqualTo("java.io.IOException");
        assertThat(exceptions.at("/0/message").asString()).isEqualTo("disk");
        assertThat(exceptions.at("/0/stack/0/label").asString()).contains("SpanTreeTest");
        assertThat(exceptions.at("/0/cause").asString())
                .isEqualTo(exceptions.at("/1/id").asString());
        assertThat(exceptions.at("/1/message").asString()).isEqualTo("why");
    }

    @Test
    void anExceptionIsInFullWhereItHappenedAndAnIdWhereItPassed() throws IOException {
        var failure = new IllegalStateException("deep");
        assertThatThrownBy(() -> obs.trace("root")
                        .run(() -> obs.trace("outer")
                                .run(() -> obs.trace("inner").run(() -> {
                                    throw failure;
                                }))))
                .isSameAs(failure);
        JsonNode root = daemon.next();
        JsonNode full = root.at("/subsegments/0/subsegments/0/cause/exceptions/0");
        assertThat(full.path("message").asString()).isEqualTo("deep");
        assertThat(root.path("cause").asString()).isEqualTo(full.path("id").asString());
        assertThat(root.at("/subsegments/0/cause").asString())
                .isEqualTo(full.path("id").asString());
        assertThat(SegmentSchema.errors(root)).isEmpty();
    }

    @Test
    void statusesMarkTheSpan() throws IOException {
        for (int status : new int[] {200, 404, 429, 503}) {
            try (Span span = obs.trace("request").server().start()) {
                span.http(new HttpRequest("GET", "http://h/p", "10.0.0.1", "curl", true));
                span.httpResponse(status, 12);
            }
        }
        List<JsonNode> documents = daemon.next(4);
        assertThat(documents).extracting(d -> d.has("fault")).containsExactly(false, false, false, true);
        assertThat(documents).extracting(d -> d.has("error")).containsExactly(false, true, true, false);
        assertThat(documents).extracting(d -> d.has("throttle")).containsExactly(false, false, true, false);
        JsonNode http = documents.get(0).path("http");
        assertThat(http.at("/request/x_forwarded_for").asBoolean()).isTrue();
        assertThat(http.at("/response/content_length").asInt()).isEqualTo(12);
    }

    @Test
    void aTreeThatIsOpenAtTheCloseIsSentAsItIsAndItsLateEndsAreCounted() throws IOException {
        Span root = obs.trace("root").start();
        Span child = obs.trace("child").start();
        obs.close();
        assertThat(daemon.next().path("in_progress").asBoolean()).isTrue();
        child.close();
        root.close();
        DeliveryReport.Sink xray = obs.report().sinks().get(0);
        assertThat(xray.delivered()).isEqualTo(1);
        assertThat(xray.lost()).isEqualTo(Map.of("closed", 2L));
    }

    @Test
    void whenOffNothingIsRecordedAndTheApiStaysTheSame() {
        try (Obs off = Obs.off()) {
            String result = off.trace("root").annotate("k", "v").call(span -> {
                span.metadata("k", Map.of()).exception(new Exception("e"));
                assertThat(span.context().isValid()).isFalse();
                return "done";
            });
            assertThat(result).isEqualTo("done");
            assertThat(off.error("nothing").report()).hasSize(36);
            assertThat(off.flush(SOON).sinks()).isEmpty();
        }
    }
}
