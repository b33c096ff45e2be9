package io.cruddur.obs.test;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.cruddur.obs.Span;
import io.cruddur.obs.trace.Frame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What the extension lets pass, and what it fails. */
class ObsExtensionTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    /** Not found by a build, whose patterns want another name; run by the tests around it. */
    static class Careless {
        @RegisterExtension
        final ObsExtension telemetry = ObsExtension.create();

        @RegisterExtension
        final ObsExtension lenient = ObsExtension.create().leavingSpansOpen();

        @Test
        void leavesASpanCurrent() {
            telemetry.obs().trace("left open").start().isRecording();
        }

        @Test
        void leavesASpanOpenElsewhere() {
            Span span = telemetry.obs().trace("never ended").start();
            span.detach();
        }

        @Test
        void leavesItOpenOnPurpose() {
            lenient.obs().trace("on purpose").start().isRecording();
        }

        @RegisterExtension
        final ObsExtension failing = ObsExtension.with(builder -> builder.segmentDocuments(document -> {
            throw new IllegalStateException("no room");
        }));

        @Test
        void losesATrace() {
            failing.obs().trace("lost").run(() -> {});
        }

        @Test
        void isInOrder() {
            telemetry.obs().trace("fine").run(() -> {});
        }
    }

    private static String outcomeOf(String method) {
        Event finished = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Careless.class, method))
                .execute()
                .testEvents()
                .finished()
                .stream()
                .findFirst()
                .orElseThrow();
        return finished.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElse("passed");
    }

    @Test
    void aSpanThatIsLeftCurrentFailsTheTestWithTheNextStep() {
        assertThat(outcomeOf("leavesASpanCurrent"))
                .contains("a span was left current")
                .contains("try-with-resources")
                .contains("not ended, themselves or a span under them: [left open]");
    }

    @Test
    void aRootThatHasNotEndedFailsTheTest() {
        assertThat(outcomeOf("leavesASpanOpenElsewhere"))
                .contains("not ended")
                .contains("never ended")
                .doesNotContain("left current");
    }

    @Test
    void whatIsLostFailsTheTest() {
        assertThat(outcomeOf("losesATrace")).contains("lost by xray: {consumer_failed=1}");
    }

    @Test
    void anOrphanAndABrokenDocumentAreFaults() {
        var documents = List.of(
                Documents.parse(document("lost", "c", "000000000000000f", ",\"type\":\"subsegment\"")),
                Documents.parse("{\"name\":\"?\",\"id\":\"1\",\"trace_id\":\"x\",\"start_time\":1}"));
        assertThat(ObsExtension.faultsIn(documents, true))
                .anyMatch(fault -> fault.contains("without a parent that was sent: [lost]"))
                .anyMatch(fault -> fault.contains("breaks the schema"));
        assertThat(ObsExtension.faultsIn(documents, false)).noneMatch(fault -> fault.contains("without a parent"));
    }

    @Test
    void whatIsInOrderPassesAndSoDoesWhatIsLeftOpenOnPurpose() {
        assertThat(outcomeOf("isInOrder")).isEqualTo("passed");
        assertThat(outcomeOf("leavesItOpenOnPurpose")).isEqualTo("passed");
    }

    @Test
    void theAssertionsSayWhatTheyFound() {
        Map<String, String> headers = new HashMap<>();
        telemetry.obs().trace("root").server().run(root -> {
            root.annotate("term", "coffee").annotate("count", 3);
            telemetry.obs().trace("call").client().run(call -> telemetry.obs().inject(headers::put));
        });
        CapturedSpan root = telemetry.trace();
        assertThat(root)
                .hasName("root")
                .beginsATrace()
                .isOk()
                .hasAnnotation("term", "coffee")
                .hasAnnotation("count", 3)
                .hasNoAnnotation("other")
                .hasChildren("call");
        assertThat(root).child("call").isPropagatedBy(headers).hasChildren();
        assertThatThrownBy(() -> assertThat(root).hasAnnotation("term", "tea"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the annotation term = tea, but it is coffee")
                .hasMessageContaining("root(call)");
        assertThatThrownBy(() -> assertThat(root).isPropagatedBy(headers)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(root).hasChildren("other")).hasMessageContaining("[other]");
        assertThatThrownBy(() -> assertThat(root).child("other")).hasMessageContaining("one child named other, but 0");
    }

    @Test
    void moreThanOneTraceIsNotCalledTheTrace() {
        telemetry.obs().trace("one").run(() -> {});
        telemetry.obs().trace("two").run(() -> {});
        assertThatThrownBy(telemetry::trace)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there are 2")
                .hasMessageContaining("one");
    }

    @Test
    void whatIsSentApartIsPutUnderItsParentAndASpanWithoutOneIsAnOrphan() {
        var documents = List.of(
                Documents.parse(document("root", "a", null, "")),
                Documents.parse(document("late", "b", "000000000000000a", ",\"type\":\"subsegment\"")),
                Documents.parse(document("lost", "c", "000000000000000f", ",\"type\":\"subsegment\"")),
                Documents.parse(document("from elsewhere", "d", "000000000000000e", "")));
        CapturedTraces traces = CapturedTraces.of(documents);
        assertThat(traces.roots()).extracting(CapturedSpan::name).containsExactly("root", "from elsewhere");
        assertThat(traces.roots().get(0)).hasChildren("late");
        assertThat(traces.orphans()).extracting(CapturedSpan::name).containsExactly("lost");
        assertThat(traces.named("late")).hasSize(1);
    }

    private static String document(String name, String id, @Nullable String parent, String more) {
        return "{\"name\":\"" + name + "\",\"id\":\"000000000000000" + id
                + "\",\"trace_id\":\"1-00000001-000000000000000000000001\",\"start_time\":1,\"end_time\":2"
                + (parent == null ? "" : ",\"parent_id\":\"" + parent + '"') + more + '}';
    }

    /** What these tests leave current on purpose is nobody else's affair. */
    @AfterEach
    void leaveNothingCurrent() {
        Frame left = Frame.current();
        if (left != null) {
            left.leaveThread();
        }
    }
}
