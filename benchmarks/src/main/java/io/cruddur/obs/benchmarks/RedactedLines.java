package io.cruddur.obs.benchmarks;

import io.cruddur.obs.redact.Secrets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to look for secrets in lines that hold none, which most do. It happens on the thread that sends. */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RedactedLines extends Measured {

    /** Each is what applications log every day. */
    public enum Line {
        PLAIN("The home feed was read from the cache and sent to the caller without a look at the database"),
        REQUEST("GET /api/activities/home 200 in 12 ms, user andrewbrown, 4312 bytes, trace "
                + "1-5759e988-bd862e3fe1be46a994272793"),
        URL("POST https://backend.example.com:4567/api/activities/search?term=cloud&limit=20&offset=40 answered 200"),
        NAMES("order_id=8812345671, customer_id=4512, at=1795337784123, items=3, total=119.90, currency=EUR, "
                + "warehouse: 12, shelf: A-7");

        final String text;

        Line(String text) {
            this.text = text;
        }
    }

    @Param
    Line line = Line.PLAIN;

    private final Secrets secrets = new Secrets();

    @Benchmark
    public String look() {
        return secrets.redact(line.text);
    }
}
