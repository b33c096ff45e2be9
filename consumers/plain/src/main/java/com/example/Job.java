package com.example;

import io.cruddur.obs.Obs;
import java.util.List;

/** A trace with a span inside, a line of the log and an error. */
public final class Job {
    private final Obs obs;

    public Job(Obs obs) {
        this.obs = obs;
    }

    public int run() {
        return obs.trace("job").annotate("kind", "nightly").call(() -> {
            List<String> found = obs.trace("query").call(() -> List.of("one", "two"));
            obs.log(Job.class).atInfo().addKeyValue("count", found.size()).log("served");
            obs.error("one was refused").with("which", found.get(0)).report();
            return found.size();
        });
    }
}
