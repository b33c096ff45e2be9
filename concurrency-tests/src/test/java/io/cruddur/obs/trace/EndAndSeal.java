package io.cruddur.obs.trace;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Spans end while the tree is handed over as it is, and read at once. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@Outcome(id = "each once, some open before", expect = Expect.ACCEPTABLE)
@State
public class EndAndSeal extends Trial {
    private final Span child = new Span(tree, root);

    public EndAndSeal() {
        tree.add(child);
    }

    @Actor
    public void end() {
        child.close();
        root.close();
    }

    @Actor
    public void seal() {
        tree.sealUnfinished();
        drain();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = outcome(root, child);
    }
}
