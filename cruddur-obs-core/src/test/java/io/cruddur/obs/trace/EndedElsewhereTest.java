package io.cruddur.obs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.Engine.TestSpan;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A span begins in the moment in which another thread ends the one that it belongs to. */
class EndedElsewhereTest {
    private final Engine engine = new Engine(OpenTreeLimits.DEFAULT);

    private static void elsewhere(Runnable work) throws InterruptedException {
        var thread = new Thread(work);
        thread.start();
        thread.join();
    }

    /** What {@link Engine#beginChild} does, with the other thread between its two steps. */
    private TestSpan beginWhileEnded(TestSpan ended) throws InterruptedException {
        Frame frame = Objects.requireNonNull(engine.tracer.currentFrame());
        elsewhere(ended::close);
        SpanNode child = engine.tracer.beginChild(frame, "child", Kind.INTERNAL);
        assertThat(child).as("the span that began").isNotNull();
        return (TestSpan) child;
    }

    @Test
    void itIsSentAfterTheTreeThatHasGone() throws InterruptedException {
        TestSpan root = engine.begin("root");
        TestSpan child = beginWhileEnded(root);
        assertThat(engine.written()).containsExactly("root");

        child.close();
        assertThat(child.parent()).isNull();
        assertThat(child.tree.remoteParentId).isEqualTo(root.id);
        assertThat(engine.written()).containsExactly("child");
        assertThat(Frame.current()).isNull();
    }

    @Test
    void itIsSentInTheTreeThatIsStillOpen() throws InterruptedException {
        TestSpan root = engine.begin("root");
        Continuation inRoot = engine.handOn();
        var open = new TestSpan[1];
        elsewhere(() -> inRoot.run(() -> open[0] = engine.begin("open")));
        TestSpan child = beginWhileEnded(root);
        child.close();
        assertThat(engine.written()).isEmpty();

        open[0].close();
        assertThat(engine.written()).containsExactly("root(open, child)");
        assertThat(Frame.current()).isNull();
    }
}
