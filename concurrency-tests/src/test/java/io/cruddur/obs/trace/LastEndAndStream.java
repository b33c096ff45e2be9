package io.cruddur.obs.trace;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The last span ends while the worker takes the stack: the tree still goes with that end. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@State
public class LastEndAndStream extends Trial {
    private final Span child = new Span(tree, root);

    public LastEndAndStream() {
        // So that the second time is quick.
        tree.streamFinished();
        tree.add(child);
    }

    @Actor
    public void end() {
        child.close();
        root.close();
    }

    @Actor
    public void stream() {
        tree.streamFinished();
        drain();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = outcome(root, child);
    }
}
