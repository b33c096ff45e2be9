package io.cruddur.obs.benchmarks;

import io.cruddur.obs.redact.Secrets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to look for secrets in lines that hold none, as most do. It happens on the thread that sends. */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RedactedLines extends Measured {
    private final Secrets secrets = new Secrets();

    // Not constants, or the compiler would do the work once.
    private String plain =
            "The home feed was read from the cache and sent to the caller without a look at the database";
    private String request = "GET /api/activities/home 200 in 12 ms, user andrewbrown, 4312 bytes, trace "
            + "1-5759e988-bd862e3fe1be46a994272793";
    private String url =
            "POST https://backend.example.com:4567/api/activities/search?term=cloud&limit=20&offset=40 answered 200";
    private String names = "order_id=8812345671, customer_id=4512, at=1795337784123, items=3, total=119.90, "
            + "currency=EUR, warehouse: 12, shelf: A-7";

    @Benchmark
    public String plainLine() {
        return secrets.redact(plain);
    }

    @Benchmark
    public String requestLine() {
        return secrets.redact(request);
    }

    @Benchmark
    public String urlLine() {
        return secrets.redact(url);
    }

    @Benchmark
    public String namesLine() {
        return secrets.redact(names);
    }
}
