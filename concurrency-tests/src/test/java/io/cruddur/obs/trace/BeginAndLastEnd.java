package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A child begins while the only span ends: it is in the tree, or needs one of its own. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@State
public class BeginAndLastEnd extends Trial {
    private @Nullable Span child;

    @Actor
    public void begin() {
        child = child();
        if (child != null) {
            child.close();
        }
    }

    @Actor
    public void endRoot() {
        root.close();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        Span late = child;
        result.r1 = late == null ? outcome(root) : outcome(root, late);
    }
}
