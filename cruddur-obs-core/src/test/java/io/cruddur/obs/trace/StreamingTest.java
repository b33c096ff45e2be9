package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.Engine.TestSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes before its tree, and what comes after it. */
class StreamingTest {
    private final Engine engine = new Engine(Engine.AT_ONCE);

    @Test
    void theLimitsAreAsTheyAreTold() {
        assertThat(OpenTreeLimits.DEFAULT)
                .isEqualTo(new OpenTreeLimits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        10_000));
    }

    @Test
    void aTreeThatEndsSoonGoesInOnePiece() {
        TestSpan root = engine.begin("root");
        engine.begin("a").close();
        engine.begin("b").close();
        root.close();
        engine.tracer.sweep();
        assertThat(engine.written()).containsExactly("root(a, b)");
    }

    @Test
    void whatIsCompleteInALongTreeGoesAheadAndItsRootIsSaidToBeInProgressOnce() {
        TestSpan root = engine.begin("root");
        TestSpan a = engine.begin("a");
        engine.begin("a1").close();
        engine.begin("a2").close();
        a.close();
        TestSpan b = engine.begin("b");
        engine.begin("b1").close();
        engine.tracer.sweep();
        assertThat(engine.written()).containsExactly("[a(a1, a2), b1]", "root in progress");
        engine.tracer.sweep();
        assertThat(engine.written()).isEmpty();
        engine.begin("b2").close();
        b.close();
        root.close();
        assertThat(engine.written()).containsExactly("root(b(b2))");
    }

    @Test
    void aChildOfASpanThatWentAheadGoesAsASubsegmentOfIts() {
        TestSpan root = engine.begin("root");
        TestSpan gone = engine.begin("gone");
        Continuation inGone = engine.handOn();
        gone.close();
        engine.tracer.sweep();
        assertThat(engine.written()).containsExactly("gone", "root in progress");
        inGone.run(() -> {
            TestSpan late = engine.begin("late");
            engine.begin("later").close();
            late.close();
        });
        root.close();
        assertThat(engine.handedOver.peek().topmost())
                .extracting(SpanNode::nextSibling)
                .extracting(SpanNode::parent)
                .isSameAs(gone);
        assertThat(engine.written()).containsExactly("[root, late(later)]");
    }

    @Test
    void aLargeTreeStreamsWithoutWaiting() {
        var never = Duration.ofDays(1);
        var patient = new Engine(new OpenTreeLimits(never, never, never, never, 1_000));
        TestSpan root = patient.begin("root");
        for (int i = 0; i < 1_000; i++) {
            patient.begin("child").close();
            patient.tracer.tick();
        }
        int early = 0;
        for (String record : patient.written()) {
            early += record.split("child", -1).length - 1;
        }
        assertThat(early).isBetween(880, 1_000);
        root.close();
        assertThat(patient.written().get(0).split("child", -1)).hasSize(1_000 - early + 1);
    }

    @Test
    void aTreeDeeperThanAnyStackStreams() {
        var open = new ArrayList<TestSpan>();
        for (int i = 0; i < 100_000 && open.size() < 60_000; i++) {
            open.add(engine.begin("s"));
        }
        TestSpan sibling = open.remove(open.size() - 1);
        sibling.close();
        engine.tracer.sweep();
        assertThat(engine.written()).containsExactly("s", "s in progress");
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        TraceRecord rest = engine.handedOver.remove();
        int depth = 0;
        for (SpanNode node = rest.topmost(); node != null; node = node.firstChild()) {
            depth++;
        }
        assertThat(depth).isEqualTo(open.size());
    }

    @Test
    void moreSpansThanCanBeKeptAreCountedAndLeftOut() {
        TestSpan root = engine.begin("root");
        int begun = 0;
        for (int i = 0; i < 70_000; i++) {
            if (engine.beginChild("child") instanceof TestSpan child) {
                begun++;
                child.close();
            }
        }
        assertThat(engine.tracer.adjustments().counts()).isEqualTo(Map.of("span_dropped", 70_000L - begun));
        assertThat(begun).isLessThan(70_000);
        engine.tracer.tick();
        TestSpan again = engine.begin("again");
        assertThat(again.tree())
                .as("there is room once the worker has taken some")
                .isSameAs(root.tree());
        again.close();
        root.close();
    }

    @Test
    void aRootThatNobodyEndsIsSentMarkedAndEachSpanSendsWordWhenItEndsAfterAll() {
        var forgetful = new Engine(
                new OpenTreeLimits(Duration.ZERO, Duration.ZERO, Duration.ofDays(1), Duration.ofNanos(1), 1_000));
        TestSpan root = forgetful.begin("root");
        TestSpan child = forgetful.begin("child");
        forgetful.begin("done").close();
        forgetful.tracer.sweep();
        assertThat(forgetful.written()).containsExactly("done", "root?(child?)");
        child.close();
        root.close();
        child.close();
        assertThat(forgetful.written()).containsExactly("child alone", "root alone");
        assertThat(forgetful.tracer.currentFrame()).isNull();
    }

    @Test
    void childrenThatNeverEndDoNotHoldTheirRootForGood() {
        var strict = new Engine(
                new OpenTreeLimits(Duration.ZERO, Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(1), 1_000));
        TestSpan root = strict.begin("root");
        TestSpan child = strict.begin("child");
        root.close();
        strict.tracer.sweep();
        assertThat(strict.written()).containsExactly("root(child?)");
        child.close();
        assertThat(strict.written()).containsExactly("child alone");
    }

    @Test
    void moreOpenTreesThanAreFollowedGoAsTheyAreOldestFirst() {
        var small = new Engine(
                new OpenTreeLimits(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 2));
        var roots = new ArrayList<TestSpan>();
        for (String name : List.of("first", "second", "third", "fourth")) {
            roots.add((TestSpan) small.tracer.beginRoot(name, Kind.INTERNAL, null, null));
        }
        small.tracer.sweep();
        assertThat(small.written()).containsExactly("first?", "second?");
        assertThat(small.tracer.openRoots()).containsExactly("third", "fourth");
        roots.forEach(TestSpan::close);
        assertThat(small.written()).containsExactly("first alone", "second alone", "third", "fourth");
        assertThat(small.tracer.openRoots()).isEmpty();
    }

    @Test
    void aRequestToStreamThatComesAfterTheTreeSendsNothingAgain() {
        var never = Duration.ofDays(1);
        var patient = new Engine(new OpenTreeLimits(never, never, never, never, 1_000));
        TestSpan root = patient.begin("root");
        for (int i = 0; i < 128; i++) {
            patient.begin("child").close();
        }
        patient.tracer.close();
        assertThat(patient.written()).singleElement().asString().startsWith("root?(child, ");
        patient.tracer.tick();
        assertThat(patient.written()).isEmpty();
        root.close();
        assertThat(patient.written()).containsExactly("root alone");
    }

    @Test
    void spansThatCameLateAreNotSentAgainByARequestToStream() {
        TestSpan root = engine.begin("root");
        TestSpan gone = engine.begin("gone");
        Continuation inGone = engine.handOn();
        gone.close();
        engine.tracer.sweep();
        assertThat(engine.written()).containsExactly("gone", "root in progress");
        for (int i = 0; i < 128; i++) {
            inGone.run(() -> engine.begin("late").close());
        }
        root.close();
        assertThat(engine.written()).singleElement().asString().startsWith("[root, late, late");
        engine.tracer.tick();
        assertThat(engine.written()).isEmpty();
    }

    @Test
    void aSpanThatEndsBetweenItsRecordsReadingAndWritingIsCompleteOnce() {
        TestSpan root = engine.begin("root");
        TestSpan child = engine.begin("child");
        engine.tracer.close();
        SpanNode top = engine.handedOver.remove().topmost();
        child.close();
        root.close();
        assertThat(top).isSameAs(root);
        assertThat(root.endEpochMicros()).isZero();
        assertThat(child.endEpochMicros()).isZero();
        assertThat(engine.handedOver)
                .hasSize(2)
                .allSatisfy(late -> assertThat(late.topmost().endEpochMicros()).isPositive());
    }

    @Test
    void aRootThatEndsBeforeItsProgressIsToldIsNotSaidToBeUnderWay() {
        TestSpan root = engine.begin("root");
        engine.tracer.sweep();
        TraceRecord underWay = engine.handedOver.remove();
        assertThat(underWay.isOutdated()).isFalse();
        SpanNode said = underWay.topmost();
        root.close();
        assertThat(said.endEpochMicros())
                .as("what was said is not changed while it is written")
                .isZero();
        assertThat(underWay.isOutdated()).isTrue();
        assertThat(engine.handedOver.remove().topmost().endEpochMicros()).isPositive();
    }

    @Test
    void nothingIsKeptForAWorkerThatHasGone() {
        engine.tracer.close();
        TestSpan outer = engine.begin("outer");
        var inner = (TestSpan) engine.tracer.beginRoot("inner", Kind.INTERNAL, null, null);
        assertThat(engine.tracer.openRoots()).isEmpty();
        inner.close();
        outer.close();
    }

    @Test
    void openTreesDoNotPileUpWhileTheWorkerIsBusy() {
        var small = new Engine(
                new OpenTreeLimits(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 3));
        var roots = new ArrayList<TestSpan>();
        for (int i = 0; i < 10; i++) {
            roots.add((TestSpan) small.tracer.beginRoot("root", Kind.INTERNAL, null, null));
        }
        // One lies in the thread's slot, three wait for the worker.
        assertThat(small.written()).hasSize(6).containsOnly("root?");
        roots.forEach(TestSpan::close);
        assertThat(small.tracer.openRoots()).isEmpty();
    }

    @Test
    void whatIsLargeWeighsInTheQueueWhateverItIs() {
        TestSpan root = engine.begin("root");
        root.putSql(SqlCall.of("s".repeat(100_000)));
        root.putException(new IllegalStateException("e".repeat(8_000)));
        root.close();
        assertThat(engine.handedOver.remove().weight()).isGreaterThan(2 * 65_536 + 2 * 8_000);
    }

    @Test
    void whatIsOpenAtTheCloseGoesMarkedAndWhatEndsLaterGoesToo() {
        TestSpan root = engine.begin("root");
        engine.begin("done").close();
        engine.tracer.close();
        assertThat(engine.written()).containsExactly("root?(done)");
        root.close();
        assertThat(engine.written()).containsExactly("root alone");
        TestSpan after = engine.begin("after");
        TestSpan child = engine.begin("child");
        after.close();
        assertThat(engine.written()).as("nobody looks after it any more").containsExactly("after(child?)");
        child.close();
        assertThat(engine.tracer.openRoots()).isEmpty();
    }
}
