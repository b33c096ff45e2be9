package io.cruddur.obs.trace;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The root and its child end on two threads: one of them hands the tree over. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@State
public class TwoEndsAtOnce extends Trial {
    private final Span child = new Span(tree, root);

    public TwoEndsAtOnce() {
        tree.add(child);
    }

    @Actor
    public void endRoot() {
        root.close();
    }

    @Actor
    public void endChild() {
        child.close();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = outcome(root, child);
    }
}
