package io.cruddur.obs.trace;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The same, with a stream before it by the thread that is the worker. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@Outcome(id = "each once, some open before", expect = Expect.ACCEPTABLE)
@State
public class EndAndSealElsewhere extends Trial {
    private final Span child = new Span(tree, root);

    public EndAndSealElsewhere() {
        tree.add(child);
    }

    @Actor
    public void seal() {
        child.close();
        tree.sealUnfinished();
    }

    @Actor
    public void stream() {
        tree.streamFinished();
        drain();
        tree.streamFinished();
        drain();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        root.close();
        result.r1 = outcome(root, child);
    }
}
