package io.cruddur.obs.trace;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two threads end the same span. */
@JCStressTest
@Outcome(id = "each once", expect = Expect.ACCEPTABLE)
@State
public class OneSpanEndedTwice extends Trial {

    @Actor
    public void end() {
        root.close();
    }

    @Actor
    public void endAgain() {
        root.close();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = outcome(root);
    }
}
