package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A child begins and ends while the worker takes the stack: it is in this part or in the next. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@State
public class BeginAndStream extends Trial {
    private @Nullable Span child;

    @Actor
    public void begin() {
        child = child();
        if (child != null) {
            child.close();
        }
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
        Span begun = child;
        result.r1 = begun == null ? "no child" : outcome(root, begun);
    }
}
